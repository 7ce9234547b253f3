package dev.latchkey.client;

import dev.latchkey.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/// The HMAC-SHA256 of a client secret in base64url: the only form in which one is kept. Its key is
/// in no table, so whoever has a copy of the tables cannot even try secrets.
///
/// A type of its own, so that nobody takes for it a plain [dev.latchkey.secret.SecretHash].
public record ClientSecretHash(String value) {
  /// Hashes the UTF-8 bytes of a secret.
  static ClientSecretHash of(byte[] key, String secret) {
    var hash = Hmac.of(key, secret.getBytes(StandardCharsets.UTF_8));
    return new ClientSecretHash(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }

  /// Whether both are the same, compared in constant time.
  boolean isSame(ClientSecretHash other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.US_ASCII), other.value.getBytes(StandardCharsets.US_ASCII));
  }
}
