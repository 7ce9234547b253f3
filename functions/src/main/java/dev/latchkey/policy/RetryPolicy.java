package dev.latchkey.policy;

/// When asking again for the successor of a used refresh token stops being honest.
public final class RetryPolicy {
  /// More retries than this for one token is a client that loops: 429. Fifty tabs that wake up at
  /// once stay below it.
  public static final int MOST_RETRIES = 60;

  /// This many generations in a row that were asked for twice are worth an operator's look.
  public static final int SHADOW_SUSPECTED = 3;

  /// A thief who refreshes inside every window is found by this many generations in a row that were
  /// asked for twice. Three would catch honest apps on lossy networks (2.3 % of them at 5 % loss).
  public static final int SHADOW_STREAK = 6;

  private RetryPolicy() {}
}
