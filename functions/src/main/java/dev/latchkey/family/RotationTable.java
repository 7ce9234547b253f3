package dev.latchkey.family;

import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.RetryPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Reads, from the family as the one write found it, why that write did not happen. Pure: no store,
/// no clock, no randomness.
///
/// The rows are tried from top to bottom, and the first that fits decides. Generations are compared
/// as integers and never by time: two tokens of one second must still be told apart.
final class RotationTable {

  /// What the one write came to.
  sealed interface Finding {
    /// It was made.
    record Advanced(Family family) implements Finding {}

    /// This very request made it before: the first answer of the store was lost.
    record Landed(Family family) implements Finding {}

    /// Another request made it, and the successor is unused: hand it out again.
    ///
    /// @param streak how many generations in a row were asked for again, with this one
    /// @param retries how often this generation was asked for again, with this one
    record Retry(Family family, int streak, int retries) implements Finding {}

    /// Anything else, as the caller is told.
    record Refusal(Rotation rotation) implements Finding {}
  }

  /// What a row looks at.
  private record Case(Presentation presentation, Family family) {
    GrantPolicy policy() {
      return presentation.policy();
    }

    int behind() {
      return presentation.behind(family);
    }

    boolean isHeldByAnother() {
      return !family.client().equals(presentation.presented().client());
    }

    boolean isBoundToAnotherKey() {
      return !Objects.equals(family.key(), presentation.presented().key());
    }

    boolean hasAnUnknownSecret() {
      var hash = presentation.presented().hash();
      return (behind() == 0 && !hash.equals(family.currentHash()))
          || (behind() == 1 && !hash.equals(family.previousHash()));
    }

    boolean isMyOwnWrite() {
      return behind() == 1 && family.requestId().equals(presentation.successor().requestId());
    }

    boolean isInWindow() {
      return isInWindow(family);
    }

    /// Whether the token would have been served on arrival: it was the live one, or the one before
    /// inside its window.
    boolean wasUsableOnArrival() {
      var arrival = presentation.arrival();
      return presentation.behind(arrival) == 0
          || (presentation.behind(arrival) == 1 && isInWindow(arrival));
    }

    private boolean isInWindow(Family seen) {
      return presentation.now() - seen.rotatedAt() <= policy().retryWindow().toSeconds();
    }

    boolean isKnownRetry() {
      return family.retriedGeneration() == presentation.presented().generation();
    }

    int retries() {
      return isKnownRetry() ? family.retries() + 1 : 1;
    }

    int streak() {
      if (isKnownRetry()) {
        return family.retryStreak();
      }
      var before = presentation.presented().generation() - 1;
      return family.retriedGeneration() == before ? family.retryStreak() + 1 : 1;
    }

    boolean isShadowed() {
      return policy().shadowEnds() && streak() >= RetryPolicy.SHADOW_STREAK;
    }
  }

  private record Row(String when, Predicate<Case> fits, Function<Case, Finding> means) {}

  private static final List<Row> ROWS =
      List.of(
          row("revoked or past its times", c -> !c.family().isLive(c.presentation().now()), dead()),
          row("held by another client", Case::isHeldByAnother, new Rotation.WrongHolder()),
          row("bound to another key", Case::isBoundToAnotherKey, new Rotation.WrongKey()),
          row("newer than the table", c -> c.behind() < 0, new Rotation.GenerationAhead()),
          row("a secret it never had", Case::hasAnUnknownSecret, new Rotation.UnknownSecret()),
          row("live after all", c -> c.behind() == 0, new Rotation.Overtaken()),
          new Row("my own write", Case::isMyOwnWrite, c -> new Finding.Landed(c.family())),
          row(
              "two back, usable on arrival",
              c -> c.behind() > 1 && c.wasUsableOnArrival(),
              new Rotation.Overtaken()),
          row("two back", c -> c.behind() > 1, new Rotation.Reused()),
          row(
              "one back, window closed",
              c -> !c.isInWindow() && !c.wasUsableOnArrival(),
              new Rotation.Reused()),
          row(
              "asked for too often",
              c -> c.retries() > RetryPolicy.MOST_RETRIES,
              new Rotation.Looping()),
          row("followed for too long", Case::isShadowed, new Rotation.Shadowed()),
          new Row(
              "one back, window open, or live on arrival",
              c -> true,
              c -> new Finding.Retry(c.family(), c.streak(), c.retries())));

  private RotationTable() {}

  /// Judges a refused write.
  ///
  /// @param found the family as the write found it; empty when there is none
  static Finding judge(Presentation presentation, Optional<Family> found) {
    if (found.isEmpty()) {
      return new Finding.Refusal(dead());
    }
    var subject = new Case(presentation, found.get());
    return ROWS.stream()
        .filter(row -> row.fits().test(subject))
        .findFirst()
        .orElseThrow()
        .means()
        .apply(subject);
  }

  private static Row row(String when, Predicate<Case> fits, Rotation means) {
    return new Row(when, fits, c -> new Finding.Refusal(means));
  }

  private static Rotation dead() {
    return new Rotation.Dead();
  }
}
