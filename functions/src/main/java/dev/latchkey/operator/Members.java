package dev.latchkey.operator;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
