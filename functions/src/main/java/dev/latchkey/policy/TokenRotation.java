package dev.latchkey.policy;

/// Whether a refresh brings a new refresh token.
public enum TokenRotation {
  /// Each refresh token works once and leads to the next (RFC 9700 section 4.14.2).
  EVERY_USE,
  /// The refresh token stays the same for the life of the grant. Only for clients that
  /// authenticate: theft of the token alone is worth nothing there.
  NEVER
}
