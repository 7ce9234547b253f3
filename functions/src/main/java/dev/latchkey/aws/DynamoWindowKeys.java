package dev.latchkey.aws;

import java.time.LocalDate;
import java.util.List;

/// Window keys in DynamoDB: partition `D` of table `registry`, an item for each day and for each
/// key that certified one.
record DynamoWindowKeys(DynamoTable table) {
  private static final String PARTITION = "D";

  /// A window key as it is kept.
  ///
  /// @param certificate a JWT with the claims of [WindowKey#claims]
  record Kept(String certificate, byte[] wrapped) {}

  /// All there are. Whether they are genuine is not looked at.
  List<Kept> all() {
    return table.partition(PARTITION).stream()
        .map(item -> new Kept(item.text("cert"), item.bytes("wrapped")))
        .toList();
  }

  /// Keeps the first one of a day. Whoever is second finds it at the next look.
  void putIfAbsent(LocalDate day, String certifier, Kept kept) {
    var key = Key.of(PARTITION, day + "#" + certifier);
    var _ =
        table.putIfAbsent(
            key,
            Item.at(key)
                .text("cert", kept.certificate())
                .bytes("wrapped", kept.wrapped())
                .number("ttl", WindowKey.removedAt(day).getEpochSecond())
                .build());
  }
}
