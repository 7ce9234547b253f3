package dev.latchkey.scope;

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

  /// What this allows and, beside it, a scope with this filter: scopes add up (SMART 2.2).
  default Permission or(RecordFilter other) {
    return switch (this) {
      case Full() -> this;
      case Filtered(var filter) -> with(filter.or(other));
      case None() -> with(other);
    };
  }

  private static Permission with(RecordFilter filter) {
    return filter.isEverything() ? new Full() : new Filtered(filter);
  }

  default boolean covers(RecordFilter wanted) {
    return switch (this) {
      case Full() -> true;
      case Filtered(var filter) -> filter.covers(wanted);
      case None() -> false;
    };
  }
}
