package dev.latchkey.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Something that was read, and when.
record Dated<T>(T value, Instant readAt) {
  /// Whether it was read less than so long ago. Also false for a moment that lies ahead: then the
  /// clock was set back, and nothing is known of the age.
  boolean isYounger(Duration age, InstantSource clock) {
    var now = clock.instant();
    return !now.isBefore(readAt) && now.isBefore(readAt.plus(age));
  }
}
