package dev.latchkey.operator;

import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.KeySchedule.ScheduledKey;
import dev.latchkey.signing.KeySchedule.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The step of a rotation that comes next.
///
/// @param key that it is about
/// @param notBefore the first second at which it is safe
record SigningKeyStep(Kind kind, ScheduledKey key, long notBefore) {
  enum Kind {
    /// The next key begins to sign.
    PROMOTE("has been published since", "It signs not before"),
    /// A retired key is published no more.
    REMOVE("was retired at", "Its tokens may live, so it is removed not before");

    private final String since;
    private final String waits;

    Kind(String since, String waits) {
      this.since = since;
      this.waits = waits;
    }
  }

  /// What comes next; empty when there is nothing but the key that signs. A retired key goes first:
  /// there is room for one.
  static Optional<SigningKeyStep> after(KeySchedule schedule) {
    return schedule
        .in(Stage.RETIRED)
        .map(key -> of(Kind.REMOVE, key, SigningKeyPolicy.RETIRED_FOR))
        .or(
            () ->
                schedule
                    .in(Stage.NEXT)
                    .map(key -> of(Kind.PROMOTE, key, SigningKeyPolicy.PUBLISHED_FIRST)));
  }

  private static SigningKeyStep of(Kind kind, ScheduledKey key, Duration wait) {
    return new SigningKeyStep(kind, key, key.since() + wait.toSeconds());
  }

  boolean isDue(long now) {
    return now >= notBefore;
  }

  KeySchedule applied(KeySchedule schedule, long now) {
    return switch (kind) {
      case PROMOTE -> schedule.promoted(now);
      case REMOVE -> schedule.without(key.arn(), now);
    };
  }

  /// Why it has to wait.
  String tooEarly() {
    return "Key %s %s %s. %s %s."
        .formatted(
            key.arn(),
            kind.since,
            Instant.ofEpochSecond(key.since()),
            kind.waits,
            Instant.ofEpochSecond(notBefore));
  }

  /// What it changes.
  String done() {
    return switch (kind) {
      case PROMOTE ->
          "Key %s signs new tokens, and the one before it is retired.".formatted(key.arn());
      case REMOVE -> "Key %s is published no more.".formatted(key.arn());
    };
  }
}
