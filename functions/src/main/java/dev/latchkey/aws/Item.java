package dev.latchkey.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One DynamoDB item, read by attribute name.
///
/// Methods that return a plain value throw [IllegalStateException] when the attribute is missing: a
/// damaged item is a fault, and guessing would hide it.
record Item(Map<String, AttributeValue> attributes) {
  static Builder at(Key key) {
    return new Builder(new HashMap<>(key.attributes()));
  }

  /// A map inside an item.
  static Builder nested() {
    return new Builder(new HashMap<>());
  }

  /// Whether it is the item of this key.
  boolean isAt(Key key) {
    return attributes.entrySet().containsAll(key.attributes().entrySet());
  }

  String text(String name) {
    return require(name, optionalText(name));
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
  }

  long number(String name) {
    return require(name, optionalNumber(name));
  }

  Optional<Long> optionalNumber(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::n).map(Long::valueOf);
  }

  byte[] bytes(String name) {
    return require(name, Optional.ofNullable(attributes.get(name)).map(AttributeValue::b))
        .asByteArray();
  }

  List<String> texts(String name) {
    return list(name).stream().map(AttributeValue::s).toList();
  }

  List<Item> items(String name) {
    return list(name).stream().map(AttributeValue::m).map(Item::new).toList();
  }

  private List<AttributeValue> list(String name) {
    return require(name, Optional.ofNullable(attributes.get(name)).map(AttributeValue::l));
  }

  private static <T> T require(String name, Optional<T> value) {
    return value.orElseThrow(
        () -> new IllegalStateException("A stored item has no attribute " + name));
  }

  /// Collects attributes. Lists keep their order, so they are lists and never DynamoDB sets.
  static final class Builder {
    private final Map<String, AttributeValue> attributes;

    private Builder(Map<String, AttributeValue> attributes) {
      this.attributes = attributes;
    }

    Builder text(String name, String value) {
      attributes.put(name, AttributeValue.fromS(value));
      return this;
    }

    /// Leaves the attribute out when there is no value.
    Builder optionalText(String name, @Nullable String value) {
      return value == null ? this : text(name, value);
    }

    Builder number(String name, long value) {
      attributes.put(name, AttributeValue.fromN(Long.toString(value)));
      return this;
    }

    Builder bytes(String name, byte[] value) {
      attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
      return this;
    }

    Builder texts(String name, List<String> values) {
      return list(name, values.stream().map(AttributeValue::fromS).toList());
    }

    Builder items(String name, List<Item> values) {
      return list(name, values.stream().map(Item::attributes).map(AttributeValue::fromM).toList());
    }

    private Builder list(String name, List<AttributeValue> values) {
      attributes.put(name, AttributeValue.fromL(values));
      return this;
    }

    Item build() {
      return new Item(Map.copyOf(attributes));
    }
  }
}
