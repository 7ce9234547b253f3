package dev.latchkey.scope;

import java.util.stream.Stream;

/// What scopes together say about one interaction with one resource type.
public sealed interface Permission {
  /// With every resource of the type.
  record Full() implements Permission {}

  /// With those that the filter lets through, and with no other.
  ///
  /// @param filter never [RecordFilter#EVERYTHING]
  record Filtered(RecordFilter filter) implements Permission {}

  /// Not at all.
  record None() implements Permission {}

  /// Each filter is of one scope that allows it; scopes add up (SMART 2.2).
  static Permission of(Stream<RecordFilter> filters) {
    return filters
        .reduce(RecordFilter::or)
        .<Permission>map(filter -> filter.isEverything() ? new Full() : new Filtered(filter))
        .orElseGet(None::new);
  }

  default boolean covers(RecordFilter wanted) {
    return switch (this) {
      case Full() -> true;
      case Filtered(var filter) -> filter.covers(wanted);
      case None() -> false;
    };
  }
}
