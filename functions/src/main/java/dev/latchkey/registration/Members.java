package dev.latchkey.registration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of a JSON object of a stranger, read by name and type. One that is null is as good
/// as absent (RFC 7592 section 2.2).
///
/// Every method throws [IllegalArgumentException] with a sentence about a member of another type.
record Members(Map<String, Object> members) {
  private static final int LONGEST_TEXT = 2000;
  private static final int LONGEST_LIST = 20;

  Optional<String> text(String name) {
    return value(name).map(value -> text(name, value));
  }

  /// An empty list is there; an absent one is not.
  Optional<List<String>> texts(String name) {
    return value(name)
        .map(
            value -> {
              if (!(value instanceof List<?> list) || list.size() > LONGEST_LIST) {
                throw new IllegalArgumentException(
                    "The member %s is a list of up to %d strings.".formatted(name, LONGEST_LIST));
              }
              return list.stream().map(entry -> text(name, entry)).toList();
            });
  }

  boolean flag(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof Boolean flag) {
                return flag;
              }
              throw new IllegalArgumentException("The member %s is true or false.".formatted(name));
            })
        .orElse(false);
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  Optional<Map<String, Object>> object(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof Map<?, ?> object) {
                return (Map<String, Object>) object;
              }
              throw new IllegalArgumentException("The member %s is a JSON object.".formatted(name));
            });
  }

  private Optional<Object> value(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private static String text(String name, Object value) {
    if (!(value instanceof String text) || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "The member %s holds text of up to %d characters.".formatted(name, LONGEST_TEXT));
    }
    if (text.isBlank() || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "The member %s is empty or holds control characters.".formatted(name));
    }
    return text;
  }
}
