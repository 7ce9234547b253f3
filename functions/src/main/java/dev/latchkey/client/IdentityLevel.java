package dev.latchkey.client;

/// How much is known of who stands behind an app. The consent page says it.
public enum IdentityLevel {
  /// An operator checked who the developer is.
  VERIFIED,
  /// Somebody whom an operator let register it, with an initial access token for example.
  REGISTERED,
  /// Anybody.
  UNVERIFIED
}
