package dev.latchkey.sandbox.access;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How a request must be answered.
sealed interface Expected {
  /// With these resources, and no other.
  ///
  /// @param total how many the search says there are, where it says so
  record Exactly(Set<String> ids, OptionalInt total) implements Expected {
    static Exactly only(String id) {
      return new Exactly(Set.of(id), OptionalInt.empty());
    }
  }

  /// With that many of these resources, or more, and no other.
  record SomeOf(Set<String> ids, int atLeast) implements Expected {}

  /// With a refusal.
  enum Refusal implements Expected {
    NO_TOKEN,
    FORBIDDEN,
    MISSING,
    /// One search cannot ask for all of one record and for a part of another.
    NAME_ONE,
    /// No scope opens it.
    NOT_OFFERED;

    private boolean is(int status) {
      return switch (this) {
        case NO_TOKEN -> status == 401;
        case FORBIDDEN -> status == 403;
        case MISSING -> status == 404;
        case NAME_ONE -> status == 400;
        case NOT_OFFERED -> status == 400 || status == 403 || status == 404 || status == 405;
      };
    }
  }

  /// The gates let it through, and then it fails, because the body cannot be read or another
  /// resource is in the way. So a write can be tried and nothing is written.
  record PastTheGates() implements Expected {
    private static final Set<Integer> STATUSES = Set.of(400, 409, 412, 422);
  }

  /// What came back, as far as it matters.
  ///
  /// @param shown resources in the answer, as `Type/id`
  record Seen(int status, Set<String> shown, OptionalInt total) {
    private boolean isRefusal() {
      return status == 401 || status == 403 || status == 404 || status == 405;
    }
  }

  /// What is wrong with an answer.
  enum Fault {
    /// It shows, counts or does something that it must not.
    LEAK,
    /// It keeps back something that was granted.
    FALSE_DENIAL,
    /// It is a refusal, but not the one that tells the least.
    OTHER_REFUSAL
  }

  default Optional<Fault> fault(Seen seen) {
    return switch (this) {
      case Exactly(var ids, var total) ->
          shows(seen, ids, ids.size()).or(() -> counts(seen, total));
      case SomeOf(var ids, var atLeast) -> shows(seen, ids, atLeast);
      case Refusal refusal -> refuses(seen, refusal);
      case PastTheGates() -> passes(seen);
    };
  }

  private static Optional<Fault> shows(Seen seen, Set<String> allowed, int atLeast) {
    var beyond = new HashSet<>(seen.shown);
    beyond.removeAll(allowed);
    if (!beyond.isEmpty()) {
      return Optional.of(Fault.LEAK);
    }
    return seen.status == 200 && seen.shown.size() >= atLeast
        ? Optional.empty()
        : Optional.of(Fault.FALSE_DENIAL);
  }

  private static Optional<Fault> counts(Seen seen, OptionalInt total) {
    return seen.total.isPresent() && total.isPresent() && !seen.total.equals(total)
        ? Optional.of(seen.total.getAsInt() > total.getAsInt() ? Fault.LEAK : Fault.FALSE_DENIAL)
        : Optional.empty();
  }

  private static Optional<Fault> refuses(Seen seen, Refusal refusal) {
    if (!seen.shown.isEmpty()) {
      return Optional.of(Fault.LEAK);
    }
    if (refusal.is(seen.status)) {
      return Optional.empty();
    }
    return Optional.of(seen.isRefusal() ? Fault.OTHER_REFUSAL : Fault.LEAK);
  }

  private static Optional<Fault> passes(Seen seen) {
    if (PastTheGates.STATUSES.contains(seen.status)) {
      return Optional.empty();
    }
    return Optional.of(seen.isRefusal() ? Fault.FALSE_DENIAL : Fault.LEAK);
  }
}
