package dev.latchkey.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The HMAC-SHA256 of a client secret in base64url: the only form in which one is kept. Its key is
/// in no table, so whoever has a copy of the tables cannot even try secrets.
///
/// A type of its own, so that nobody takes for it a plain [dev.latchkey.secret.SecretHash].
public record ClientSecretHash(String value) {
  /// Hashes the UTF-8 bytes of a secret.
  static ClientSecretHash of(byte[] key, String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var hash = mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return new ClientSecretHash(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    }
  }

  /// Whether both are the same, compared in constant time.
  boolean isSame(ClientSecretHash other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.US_ASCII), other.value.getBytes(StandardCharsets.US_ASCII));
  }
}
