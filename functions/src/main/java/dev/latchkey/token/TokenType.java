package dev.latchkey.token;

import dev.latchkey.client.KeyThumbprint;
import java.util.Optional;

/// How an access token is used (RFC 6749 section 7.1).
public enum TokenType {
  /// Whoever holds it can use it (RFC 6750).
  BEARER("Bearer"),
  /// Only with a proof of the key that it is bound to (RFC 9449).
  DPOP("DPoP");

  private final String registeredName;

  TokenType(String registeredName) {
    this.registeredName = registeredName;
  }

  /// The name in the IANA registry, and of the scheme of the Authorization header.
  public String registeredName() {
    return registeredName;
  }

  /// Of a token that is bound to this key, if to any.
  public static TokenType of(Optional<KeyThumbprint> key) {
    return key.isPresent() ? DPOP : BEARER;
  }
}
