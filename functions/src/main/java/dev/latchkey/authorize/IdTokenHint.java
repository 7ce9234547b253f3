package dev.latchkey.authorize;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.policy.ServerIdentity;
import java.text.ParseException;
import java.util.Optional;

/// The id token by which an app says whom it expects (`id_token_hint`, OpenID Connect Core section
/// 3.1.2.1).
///
/// Its signature is not looked at. All that a hint can do is to have an answer refused for
/// everybody but one person, and whoever makes one up does that to their own request.
final class IdTokenHint {
  /// More than any subject of this server.
  private static final int LONGEST_SUBJECT = 100;

  private IdTokenHint() {}

  /// Whom it is about; empty for a text that is no id token of this server, however old.
  static Optional<String> subject(String hint, ServerIdentity identity) {
    try {
      var claims = SignedJWT.parse(hint).getJWTClaimsSet();
      return Optional.ofNullable(claims)
          .filter(found -> identity.issuer().equals(found.getIssuer()))
          .flatMap(found -> Optional.ofNullable(found.getSubject()))
          .filter(subject -> !subject.isEmpty() && subject.length() <= LONGEST_SUBJECT);
    } catch (ParseException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
