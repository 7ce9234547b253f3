package dev.latchkey.family;

import dev.latchkey.family.Families.Presented;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/// Reads, from the family as the one write found it, why that write did not happen. Pure: no store,
/// no clock.
///
/// @param clientClass of the presenting client
/// @param retryWindow of that client
public record RotationRules(ClientClass clientClass, Duration retryWindow) {
  /// What a refused write means.
  public sealed interface Finding {
    /// This very request was written by an earlier attempt of ours.
    record Landed(Family family) implements Finding {}

    /// The token's successor exists and is unused: hand it out again.
    record Retry(Family family, int streak, int retries) implements Finding {}

    /// Anything else, as the caller is told.
    record Refusal(Rotation rotation) implements Finding {}
  }

  /// Judges. The rows are those of the design's table of failed conditions, top to bottom.
  public Finding judge(Presented presented, Optional<Family> found, String requestId, long now) {
    if (found.isEmpty()) {
      return refusal(new Rotation.Dead());
    }
    var family = found.get();
    if (!family.isLive(now)) {
      return refusal(new Rotation.Dead());
    }
    if (!family.client().equals(presented.client())) {
      return refusal(new Rotation.WrongHolder());
    }
    if (family.generation() < presented.generation()) {
      return refusal(new Rotation.Impossible("generation_ahead"));
    }
    if (family.generation() == presented.generation()) {
      return refusal(sameGeneration(presented, family));
    }
    if (family.generation() > presented.generation() + 1) {
      return refusal(new Rotation.Reused());
    }
    return oneBack(presented, family, requestId, now);
  }

  private static Rotation sameGeneration(Presented presented, Family family) {
    return family.currentHash().equals(presented.hash())
        ? new Rotation.Dead()
        : new Rotation.Impossible("unknown_secret");
  }

  private Finding oneBack(Presented presented, Family family, String requestId, long now) {
    if (!presented.hash().equals(family.previousHash())) {
      return refusal(new Rotation.Impossible("unknown_secret"));
    }
    if (family.requestId().equals(requestId)) {
      return new Finding.Landed(family);
    }
    if (now - family.rotatedAt() > retryWindow.toSeconds()) {
      return refusal(new Rotation.Reused());
    }
    return retry(presented, family);
  }

  private Finding retry(Presented presented, Family family) {
    var generation = presented.generation();
    var known = family.retriedGeneration() == generation;
    var retries = known ? family.retries() + 1 : 1;
    if (retries > RetryPolicy.MOST_RETRIES) {
      return refusal(new Rotation.Looping());
    }
    var streak = known ? family.retryStreak() : streakAt(generation, family);
    return streak >= RetryPolicy.SHADOW_STREAK && clientClass == ClientClass.PUBLIC_BEARER
        ? refusal(new Rotation.Shadowed())
        : new Finding.Retry(family, streak, retries);
  }

  private static int streakAt(int generation, Family family) {
    return family.retriedGeneration() == generation - 1 ? family.retryStreak() + 1 : 1;
  }

  private static Finding refusal(Rotation rotation) {
    return new Finding.Refusal(rotation);
  }
}
