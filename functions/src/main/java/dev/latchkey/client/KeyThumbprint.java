package dev.latchkey.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.util.Optional;
import java.util.regex.Pattern;

/// The SHA-256 thumbprint of a public key (RFC 7638) in base64url: which key an app holds, in 43
/// characters. `jkt` in an access token and `dpop_jkt` in an authorization request (RFC 9449
/// sections 6.1 and 10).
public record KeyThumbprint(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  /// @throws IllegalArgumentException when it cannot be one
  public KeyThumbprint {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A thumbprint is 43 characters of base64url");
    }
  }

  public static KeyThumbprint of(JWK key) {
    try {
      return new KeyThumbprint(key.computeThumbprint().toString());
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /// What a caller says is one; empty when it cannot be.
  public static Optional<KeyThumbprint> read(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new KeyThumbprint(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
