package dev.latchkey.aws;

import dev.latchkey.family.WrappedTokenKeys;
import java.util.Optional;

/// Wrapped token keys in DynamoDB: `K#id` in table `registry`.
public final class DynamoWrappedTokenKeys implements WrappedTokenKeys {
  private final DynamoTable table;

  public DynamoWrappedTokenKeys(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<byte[]> find(int id) {
    return table.get(key(id)).map(item -> item.bytes("wrapped"));
  }

  @Override
  public boolean putIfAbsent(int id, byte[] wrapped) {
    var item = Item.at(key(id)).bytes("wrapped", wrapped).build();
    return table.putIfAbsent(key(id), item) instanceof DynamoTable.Write.Applied;
  }

  private static Key key(int id) {
    return Key.of("K#" + id, "K");
  }
}
