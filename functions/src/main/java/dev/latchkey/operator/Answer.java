package dev.latchkey.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of a command.
sealed interface Answer {
  /// It was done, or looked at without changing anything.
  ///
  /// @param changes what changed, one sentence each; empty when everything was so before
  /// @param facts further members of the answer, for programs
  record Done(List<String> changes, Map<String, Object> facts) implements Answer {
    Done(String change) {
      this(List.of(change), Map.of());
    }

    /// Something else was done too.
    Done and(Done other) {
      var both = new ArrayList<>(changes);
      both.addAll(other.changes);
      var all = new LinkedHashMap<>(facts);
      all.putAll(other.facts);
      return new Done(both, all);
    }
  }

  /// It was not done, and nothing changed.
  ///
  /// @param error one word for programs
  /// @param description what to fix
  record Refused(String error, String description) implements Answer {}
}
