package dev.latchkey.operator;

import dev.latchkey.scope.ScopeSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The members of a command, read by name and type.
final class Members {
  private final Map<String, Object> members;
  private final Set<String> taken = new TreeSet<>();

  Members(Map<String, Object> members) {
    this.members = members;
  }

  /// A member that has to be a string.
  ///
  /// @throws IllegalArgumentException when it is missing or something else
  String text(String name) {
    taken.add(name);
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("Send %s as a string.".formatted(name));
  }

  /// A member that has to be a JSON object.
  ///
  /// @throws IllegalArgumentException when it is missing or something else
  Map<String, Object> object(String name) {
    taken.add(name);
    if (members.get(name) instanceof Map<?, ?> object) {
      var read = new LinkedHashMap<String, Object>();
      // A member that is null says as much as one that is missing.
      object.forEach(
          (key, value) -> {
            if (value != null) {
              read.put(String.valueOf(key), value);
            }
          });
      return read;
    }
    throw new IllegalArgumentException("Send %s as a JSON object.".formatted(name));
  }

  /// A member that is a string, when it is there.
  ///
  /// @throws IllegalArgumentException when it is something else
  Optional<String> optionalText(String name) {
    taken.add(name);
    return members.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /// A member that has to be one of the names of an enum, in lower case.
  ///
  /// @param usual what it is when it is left out
  /// @throws IllegalArgumentException when it is something else
  <E extends Enum<E>> E oneOf(String name, E usual) {
    var names =
        Arrays.stream(usual.getDeclaringClass().getEnumConstants())
            .collect(Collectors.toMap(e -> e.name().toLowerCase(Locale.ROOT), e -> e));
    return optionalText(name)
        .map(
            text ->
                Optional.ofNullable(names.get(text))
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "Send %s as one of: %s."
                                    .formatted(
                                        name, String.join(", ", new TreeSet<>(names.keySet()))))))
        .orElse(usual);
  }

  /// Scopes, all of which have to be known here.
  ///
  /// @throws IllegalArgumentException when they are missing or something else
  ScopeSet scopes(String name) {
    var spelled = text(name);
    var unknown = ScopeSet.unknown(spelled);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "These are no scopes here: %s.".formatted(String.join(" ", unknown)));
    }
    return ScopeSet.parse(spelled);
  }

  /// A member that is a whole number, when it is there.
  ///
  /// @param usual what it is when it is left out
  /// @throws IllegalArgumentException when it is something else
  int integer(String name, int usual) {
    taken.add(name);
    return members.containsKey(name) ? integer(name) : usual;
  }

  /// A member that has to be a whole number.
  ///
  /// @throws IllegalArgumentException when it is missing or something else
  int integer(String name) {
    taken.add(name);
    if (members.get(name) instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException("Send %s as a whole number.".formatted(name));
  }

  /// A member that is true or false, and false when it is left out.
  ///
  /// @throws IllegalArgumentException when it is something else
  boolean flag(String name) {
    taken.add(name);
    if (!members.containsKey(name)) {
      return false;
    }
    if (members.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException("Send %s as true or false.".formatted(name));
  }

  /// @throws IllegalArgumentException when there is a member that nobody asked for
  void refuseOthers() {
    if (!taken.containsAll(members.keySet())) {
      throw new IllegalArgumentException(
          "This command takes nothing but: " + String.join(", ", taken) + ".");
    }
  }
}
