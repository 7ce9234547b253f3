package dev.latchkey.sandbox.access;

import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Holding;
import dev.latchkey.family.Standing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Whether the grant behind an access token still stands.
///
/// A cached answer delays a revocation, so it lives for at most [#LONGEST]. Only living families
/// are cached: a revoked one never comes back, and an unknown one costs the caller a lookup each
/// time.
public final class FamilyStates {
  /// The longest that a revoked grant may go on working.
  public static final Duration LONGEST = Duration.ofSeconds(30);

  private final Standing standing;
  private final InstantSource clock;
  private final Recent<FamilyId, Holding> recent;

  /// @param keep how long an answer may be reused; zero asks each time
  /// @throws IllegalArgumentException when `keep` is negative or longer than [#LONGEST]
  public FamilyStates(Standing standing, Duration keep, InstantSource clock) {
    if (keep.isNegative() || keep.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "latchkey.family-state-cache must be between 0s and " + LONGEST.toSeconds() + "s");
    }
    this.standing = standing;
    this.clock = clock;
    this.recent = new Recent<>(keep, clock);
  }

  /// The family and its grant, if the grant still stands.
  ///
  /// @throws StateUnavailable when the store does not answer
  Optional<Holding> active(FamilyId id) {
    return recent.get(id, this::read);
  }

  private Optional<Holding> read(FamilyId id) {
    try {
      return standing.of(id, clock.instant().getEpochSecond());
    } catch (RuntimeException outage) {
      throw new StateUnavailable(outage);
    }
  }
}
