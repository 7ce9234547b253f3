package dev.latchkey.policy;

/// Where one client differs from its class.
public record RefreshOverrides(TokenRotation rotation, ReuseResponse onReuse) {
  /// A client that differs in nothing.
  public static final RefreshOverrides NONE =
      new RefreshOverrides(TokenRotation.EVERY_USE, ReuseResponse.REVOKE);
}
