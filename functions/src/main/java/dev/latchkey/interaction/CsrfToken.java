package dev.latchkey.interaction;

import dev.latchkey.authorize.TransactionId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proof that a form was sent from a page of ours in the browser that the transaction belongs to
/// (RFC 6749 section 10.12): an HMAC over the transaction under the value of the browser's cookie,
/// which no other site can read.
final class CsrfToken {
  private static final String ALGORITHM = "HmacSHA256";

  private CsrfToken() {}

  static String of(String cookie, TransactionId transaction) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(cookie.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      var tag = mac.doFinal(("csrf" + transaction.value()).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /// Compares in constant time.
  static boolean matches(String token, String cookie, TransactionId transaction) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8),
        of(cookie, transaction).getBytes(StandardCharsets.UTF_8));
  }
}
