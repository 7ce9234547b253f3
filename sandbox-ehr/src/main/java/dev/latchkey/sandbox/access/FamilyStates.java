package dev.latchkey.sandbox.access;

import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Holding;
import dev.latchkey.family.Standing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Whether the grant behind an access token still stands.
///
/// A cached answer delays a revocation, so it lives for at most [#LONGEST]. Only living families
/// are cached: a revoked one never comes back, and an unknown one costs the caller a lookup each
/// time.
public final class FamilyStates {
  /// The longest that a revoked grant may go on working.
  public static final Duration LONGEST = Duration.ofSeconds(30);

  private static final int CAPACITY = 10_000;

  private final Standing standing;
  private final Duration keep;
  private final InstantSource clock;
  private final Map<FamilyId, Entry> cache = new LinkedHashMap<>();

  private record Entry(Family family, long readAt) {}

  /// @param keep how long an answer may be reused; zero asks each time
  /// @throws IllegalArgumentException when `keep` is negative or longer than [#LONGEST]
  public FamilyStates(Standing standing, Duration keep, InstantSource clock) {
    if (keep.isNegative() || keep.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "latchkey.family-state-cache must be between 0s and " + LONGEST.toSeconds() + "s");
    }
    this.standing = standing;
    this.keep = keep;
    this.clock = clock;
  }

  /// The family, if the grant still stands.
  ///
  /// @throws StateUnavailable when the store does not answer
  Optional<Family> active(FamilyId id) {
    var now = clock.millis();
    var cached = cached(id, now);
    if (cached.isPresent()) {
      return cached;
    }
    var found = read(id, now);
    found.ifPresent(family -> remember(family, now));
    return found;
  }

  private Optional<Family> read(FamilyId id, long now) {
    try {
      return standing.of(id, now / 1000).map(Holding::family);
    } catch (RuntimeException outage) {
      throw new StateUnavailable(outage);
    }
  }

  private Optional<Family> cached(FamilyId id, long now) {
    if (keep.isZero()) {
      return Optional.empty();
    }
    synchronized (cache) {
      var entry = cache.get(id);
      return entry != null && now >= entry.readAt && now - entry.readAt < keep.toMillis()
          ? Optional.of(entry.family)
          : Optional.empty();
    }
  }

  private void remember(Family family, long now) {
    if (keep.isZero()) {
      return;
    }
    synchronized (cache) {
      cache.remove(family.id());
      cache.put(family.id(), new Entry(family, now));
      if (cache.size() > CAPACITY) {
        var oldest = cache.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
  }
}
