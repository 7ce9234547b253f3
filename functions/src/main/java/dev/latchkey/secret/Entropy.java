package dev.latchkey.secret;

import java.security.SecureRandom;
import java.util.Base64;

/// Where unguessable values come from.
///
/// A Lambda snapshot is restored many times, so nothing random may be made before a request
/// arrives. [#secure()] therefore asks the operating system each time.
@FunctionalInterface
public interface Entropy {
  /// sun.security.provider.NativePRNG reads at most this much ahead.
  int MOST_READ_AHEAD = 65_536;

  /// Returns `length` fresh random bytes.
  byte[] bytes(int length);

  /// A 256-bit value in 43 unreserved characters (RFC 6749 section 10.10 asks for at least 128
  /// bits).
  default String value() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
  }

  /// The operating system's generator, asked anew for each call.
  ///
  /// `nextBytes` would not do: what Java reads from the system it reads ahead, and keeps for a
  /// tenth of a second. Two copies of a snapshot that wake within that time get the same bytes.
  static Entropy secure() {
    return length -> new SecureRandom().generateSeed(length);
  }

  /// Throws away what Java has read ahead from the system, for those who go on with `nextBytes`,
  /// such as TLS.
  static void forgetReadAhead() {
    new SecureRandom().nextBytes(new byte[MOST_READ_AHEAD]);
  }
}
