package dev.latchkey.registration;

import dev.latchkey.secret.Entropy;

/// Registration access tokens (RFC 7592 section 1.2).
final class ManagementToken {
  /// Tells people and scanners of leaked secrets what they look at.
  private static final String PREFIX = "rat1_";

  private ManagementToken() {}

  static String fresh(Entropy entropy) {
    return PREFIX + entropy.value();
  }
}
