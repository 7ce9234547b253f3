package dev.latchkey.policy;

import java.time.Duration;

/// How fast a change of the token keys is seen everywhere.
public final class TokenKeyPolicy {
  /// No instance goes on with what it knows of the keys for longer. A retired key is dead
  /// everywhere after it.
  public static final Duration RING_AGE = Duration.ofMinutes(1);

  /// A planned key waits this long before it makes its first token. Every instance has read it by
  /// then, also one whose clock is a minute off, so none takes that token for garbage.
  public static final Duration LEAD = RING_AGE.multipliedBy(2);

  /// No unwrapped key is used for longer, so that disabling the KMS key works within this time.
  public static final Duration UNWRAPPED_AGE = Duration.ofHours(1);

  private TokenKeyPolicy() {}
}
