package dev.latchkey.policy;

/// What a client can prove about itself. The class decides lifetimes, rotation and retry window.
public enum ClientClass {
  /// No secret and no key: whoever holds the token can use it.
  PUBLIC_BEARER,
  /// Authenticates with a secret that its server keeps.
  CONFIDENTIAL_SECRET
}
