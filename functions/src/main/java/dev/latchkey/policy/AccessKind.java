package dev.latchkey.policy;

/// How long access was granted for.
public enum AccessKind {
  /// One access token and no refresh token.
  ONCE,
  /// While the browser session lasts (`online_access`).
  ONLINE,
  /// Until it is taken back or runs out (`offline_access`).
  OFFLINE
}
