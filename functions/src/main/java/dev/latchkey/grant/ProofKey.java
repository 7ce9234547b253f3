package dev.latchkey.grant;

import dev.latchkey.secret.SecretHash;
import java.util.regex.Pattern;

/// Proof Key for Code Exchange, S256 only (RFC 7636): the party that redeems a code is the one that
/// asked for it. The one protection of a public client's code, and asked of every client.
final class ProofKey {
  /// RFC 7636 section 4.1.
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private ProofKey() {}

  static boolean answers(String challenge, String verifier) {
    return VERIFIER.matcher(verifier).matches() && new SecretHash(challenge).matches(verifier);
  }
}
