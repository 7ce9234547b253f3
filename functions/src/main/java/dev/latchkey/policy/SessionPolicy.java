package dev.latchkey.policy;

import java.time.Duration;

/// How long a browser stays signed in.
public final class SessionPolicy {
  public static final Duration IDLE = Duration.ofMinutes(15);
  public static final Duration ABSOLUTE = Duration.ofHours(8);

  private SessionPolicy() {}
}
