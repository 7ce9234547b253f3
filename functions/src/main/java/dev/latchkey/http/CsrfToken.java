package dev.latchkey.http;

import dev.latchkey.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/// Proof that a form was sent from a page of ours in this browser (RFC 6749 section 10.12): an HMAC
/// over what the page is about, under the value of the browser's cookie, which no other site can
/// read.
public final class CsrfToken {
  private CsrfToken() {}

  /// The token for the hidden field of a form.
  ///
  /// @param subject what the page is about, such as the handle of a transaction
  public static String of(String cookie, String subject) {
    var tag =
        Hmac.of(
            cookie.getBytes(StandardCharsets.UTF_8),
            ("csrf" + subject).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
  }

  /// Compares in constant time.
  public static boolean matches(String token, String cookie, String subject) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8),
        of(cookie, subject).getBytes(StandardCharsets.UTF_8));
  }
}
