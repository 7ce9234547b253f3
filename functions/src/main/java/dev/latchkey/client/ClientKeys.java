package dev.latchkey.client;

import org.jspecify.annotations.Nullable;

/// Where the public keys of a client are: in its registration, at an address of its own, or nowhere
/// (RFC 7591 section 2: never both).
///
/// @param jwks a JSON Web Key Set (RFC 7517), as text
/// @param jwksUri an https address of one
public record ClientKeys(@Nullable String jwks, @Nullable String jwksUri) {
  public static final ClientKeys NONE = new ClientKeys(null, null);

  /// @throws IllegalArgumentException when both are given
  public ClientKeys {
    if (jwks != null && jwksUri != null) {
      throw new IllegalArgumentException("A client has jwks or jwks_uri, not both");
    }
  }

  public static ClientKeys inline(String jwks) {
    return new ClientKeys(jwks, null);
  }

  public static ClientKeys at(String jwksUri) {
    return new ClientKeys(null, jwksUri);
  }
}
