package dev.latchkey.aws;

import java.time.Duration;

/// How long an item is kept after it has ended, before DynamoDB's time to live may clean it away.
/// Cleaning is all that it does: every condition compares times itself.
enum Retention {
  /// Browser state: nothing can be learned from it once it has ended.
  NONE(Duration.ZERO),
  /// A used code, so that a replay still ends what came of it (RFC 6749 section 4.1.2).
  USED_CODE(Duration.ofDays(1)),
  /// A dead family, so that a replay of one of its tokens is still recognised.
  DEAD_FAMILY(Duration.ofDays(30));

  private final Duration length;

  Retention(Duration length) {
    this.length = length;
  }

  /// @param end seconds since the epoch
  long after(long end) {
    return end > Long.MAX_VALUE - length.toSeconds() ? Long.MAX_VALUE : end + length.toSeconds();
  }
}
