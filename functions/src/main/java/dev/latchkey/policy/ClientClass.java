package dev.latchkey.policy;

/// What a client can prove about itself. The class decides lifetimes, rotation and retry window.
public enum ClientClass {
  /// Runs in a browser page, with no secret and no key: whoever holds the token can use it. Its
  /// answers go to its maker's address.
  PUBLIC_BEARER,
  /// A native app with neither, whose answers any app on the device can catch (RFC 8252 section
  /// 8.6).
  PUBLIC_NATIVE,
  /// As [#PUBLIC_NATIVE], but its answers go to https addresses that only its maker can claim on a
  /// device (RFC 8252 section 7.2).
  PUBLIC_CLAIMED,
  /// Public, and its tokens work only with a key of the device (RFC 9449).
  PUBLIC_DPOP,
  /// Authenticates with a secret that its server keeps.
  CONFIDENTIAL_SECRET,
  /// Authenticates with a private key that never leaves it.
  CONFIDENTIAL_KEY;

  /// Whether a copied token is all that somebody needs to use it.
  public boolean isBearer() {
    return this == PUBLIC_BEARER || this == PUBLIC_NATIVE || this == PUBLIC_CLAIMED;
  }

  /// Whether the client authenticates at the token endpoint.
  public boolean isConfidential() {
    return this == CONFIDENTIAL_SECRET || this == CONFIDENTIAL_KEY;
  }
}
