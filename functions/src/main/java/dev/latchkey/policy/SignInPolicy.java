package dev.latchkey.policy;

import java.time.Duration;

/// How often a password may be tried (OWASP Authentication Cheat Sheet; NIST SP 800-63B section
/// 5.2.2).
public final class SignInPolicy {
  /// Attempts in a row without any delay.
  public static final int FREE_ATTEMPTS = 5;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(2);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /// After this much quiet the count starts again.
  public static final Duration FORGET_AFTER = Duration.ofHours(1);

  private SignInPolicy() {}

  /// How long to wait after the `attempts`-th attempt: nothing for the free ones, then 2 s,
  /// doubling up to 15 min.
  public static Duration delayAfter(int attempts) {
    if (attempts < FREE_ATTEMPTS) {
      return Duration.ZERO;
    }
    var doublings = Math.min(attempts - FREE_ATTEMPTS, 20);
    var delay = FIRST_DELAY.multipliedBy(1L << doublings);
    return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
  }
}
