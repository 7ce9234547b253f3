package dev.latchkey.aws;

import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.family.WrappedTokenKeys;
import java.util.Arrays;
import java.util.List;

/// Wrapped token keys in DynamoDB: partition `K` of table `registry`, so that one consistent query
/// reads them all.
public final class DynamoWrappedTokenKeys implements WrappedTokenKeys {
  private static final String PARTITION = "K";

  private final DynamoTable table;

  public DynamoWrappedTokenKeys(DynamoTable table) {
    this.table = table;
  }

  @Override
  public List<WrappedTokenKey> all() {
    return table.partition(PARTITION).stream().map(DynamoWrappedTokenKeys::read).toList();
  }

  @Override
  public boolean putIfAbsent(WrappedTokenKey key) {
    var item =
        Item.at(key(key.id()))
            .bytes("wrapped", key.wrapped())
            .number("usableFrom", key.usableFrom())
            .build();
    return switch (table.putIfAbsent(key(key.id()), item)) {
      case DynamoTable.Write.Applied _ -> true;
      case DynamoTable.Write.Refused(var found) ->
          found.filter(kept -> Arrays.equals(kept.bytes("wrapped"), key.wrapped())).isPresent();
    };
  }

  @Override
  public boolean retire(int id, long at) {
    var update = Update.of(key(id)).when("pk", PARTITION).setIfAbsent("retiredAt", at);
    return table.update(update) instanceof DynamoTable.Write.Applied;
  }

  private static WrappedTokenKey read(Item item) {
    return new WrappedTokenKey(
        Integer.parseInt(item.text("sk")),
        item.bytes("wrapped"),
        item.number("usableFrom"),
        item.optionalNumber("retiredAt").orElse(null));
  }

  /// Three digits, so that the order of the sort keys is that of the ids.
  private static Key key(int id) {
    return Key.of(PARTITION, "%03d".formatted(id));
  }
}
