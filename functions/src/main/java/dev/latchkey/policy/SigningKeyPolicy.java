package dev.latchkey.policy;

import java.time.Duration;

/// How long a signing key stays in each stage, so that no verifier ever meets a key that it cannot
/// know.
public final class SigningKeyPolicy {
  /// No instance goes on with what it knows of the schedule for longer.
  public static final Duration SCHEDULE_AGE = Duration.ofMinutes(1);

  /// For how long verifiers, and caches on the way, may keep the key set. Short at all times:
  /// whoever has a copy when a key is dropped goes on with it for as long as was said before the
  /// drop.
  public static final Duration KEY_SET_AGE = Duration.ofMinutes(1);

  /// A key is published this long before it signs. [#KEY_SET_AGE] would do for verifiers that keep
  /// to it; many keep a key set for a day.
  public static final Duration PUBLISHED_FIRST = Duration.ofHours(24);

  /// A key is published this long after it was retired: an instance that has not read the schedule
  /// may have signed for a minute, tokens live for an hour, and what is left is for clocks that are
  /// off and for verifiers that are slow.
  public static final Duration RETIRED_FOR = Duration.ofHours(3);

  /// How many days before its own a window key is made, so that it is published for
  /// [#PUBLISHED_FIRST] whenever in the day that is.
  public static final int WINDOWS_AHEAD = 2;

  private SigningKeyPolicy() {}
}
