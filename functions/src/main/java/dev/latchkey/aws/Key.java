package dev.latchkey.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The primary key of an item.
///
/// @param sk the sort key; null in a table that has none
record Key(String pk, @Nullable String sk) {
  /// DynamoDB, "Constraints": a partition key holds at most 2048 bytes.
  private static final int LONGEST = 2048;

  static Key of(String pk) {
    return new Key(pk, null);
  }

  static Key of(String pk, String sk) {
    return new Key(pk, sk);
  }

  /// Whether DynamoDB can hold an item of this key at all. Names that people type can be too long.
  boolean isPossible() {
    return pk.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  Map<String, AttributeValue> attributes() {
    var partition = AttributeValue.fromS(pk);
    return sk == null
        ? Map.of("pk", partition)
        : Map.of("pk", partition, "sk", AttributeValue.fromS(sk));
  }
}
