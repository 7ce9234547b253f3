package dev.latchkey.aws;

import dev.latchkey.secret.WrappedKeys;
import java.util.Optional;

/// Wrapped keys in DynamoDB: `W#use` in table `registry`.
public final class DynamoWrappedKeys implements WrappedKeys {
  private static final String WRAPPED = "wrapped";

  private final DynamoTable table;

  public DynamoWrappedKeys(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<byte[]> find(String use) {
    return table.get(key(use)).map(item -> item.bytes(WRAPPED));
  }

  @Override
  public byte[] keepFirst(String use, byte[] wrapped) {
    var item = Item.at(key(use)).bytes(WRAPPED, wrapped).build();
    return switch (table.putIfAbsent(key(use), item)) {
      case DynamoTable.Write.Applied _ -> wrapped;
      case DynamoTable.Write.Refused(var found) -> found.orElseThrow().bytes(WRAPPED);
    };
  }

  private static Key key(String use) {
    return Key.of("W#" + use, "W");
  }
}
