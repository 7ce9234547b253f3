package dev.latchkey.policy;

import java.time.Duration;

/// How long the keys of a client are believed (SMART 2.2 asymmetric clients: never longer than the
/// client's own `Cache-Control`).
public final class KeySetPolicy {
  /// Where the client says nothing.
  private static final Duration USUAL = Duration.ofMinutes(5);

  private static final Duration LONGEST = Duration.ofHours(1);

  /// What a client does not want kept is asked for anew each time, but requests that come together
  /// share one answer: strangers must not be able to make this server flood a client.
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /// A `kid` that is not known is looked for at most this often.
  public static final Duration UNKNOWN_KID = Duration.ofMinutes(1);

  /// A key set that could not be read is left alone for this long.
  public static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  private KeySetPolicy() {}

  /// How long a key set is kept.
  ///
  /// @param maxAge seconds that the client allows; negative when it says nothing
  public static Duration life(long maxAge) {
    if (maxAge < 0) {
      return USUAL;
    }
    return Duration.ofSeconds(Math.clamp(maxAge, SHORTEST.toSeconds(), LONGEST.toSeconds()));
  }
}
