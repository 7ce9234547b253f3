package dev.latchkey.secret;

import java.security.SecureRandom;
import java.util.Base64;

/// Where unguessable values come from.
///
/// A Lambda snapshot is restored many times, so nothing random may be made before a request
/// arrives. [#secure()] therefore asks the operating system each time instead of keeping a
/// generator.
@FunctionalInterface
public interface Entropy {
  /// Returns `length` fresh random bytes.
  byte[] bytes(int length);

  /// A 256-bit value in 43 unreserved characters (RFC 6749 section 10.10 asks for at least 128
  /// bits).
  default String value() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
  }

  /// The operating system's generator, opened anew for each call.
  static Entropy secure() {
    return length -> {
      var bytes = new byte[length];
      new SecureRandom().nextBytes(bytes);
      return bytes;
    };
  }
}
