package dev.latchkey.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The SHA-256 of a random value, in base64url: the only form in which codes, cookies, transaction
/// handles and other tokens are stored, so that a leaked table opens nothing (RFC 6819 section
/// 5.1.4.1.3).
public record SecretHash(String value) {
  /// Hashes the UTF-8 bytes of a secret.
  public static SecretHash of(String secret) {
    return of(secret.getBytes(StandardCharsets.UTF_8));
  }

  /// Hashes raw bytes.
  public static SecretHash of(byte[] secret) {
    return new SecretHash(Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(secret)));
  }

  /// Whether this is the hash of `secret`, compared in constant time.
  public boolean matches(String secret) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.US_ASCII),
        of(secret).value.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
