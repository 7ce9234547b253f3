package dev.latchkey.token;

import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.http.OAuthFailure;
import java.util.Optional;

/// `WWW-Authenticate` of an endpoint that takes access tokens and nothing else (RFC 6750 section 3,
/// RFC 9449 section 7.1).
final class TokenChallenge {
  private static final String BEARER = "Bearer realm=\"latchkey\"";
  private static final String DPOP =
      "DPoP realm=\"latchkey\", algs=\"" + String.join(" ", ProofChecks.ALGORITHMS) + "\"";

  private TokenChallenge() {}

  /// The scheme that was used, with what was wrong; after Bearer the other scheme too. Who sent no
  /// token is told of no error (RFC 6750 section 3.1).
  ///
  /// @param scope that a token needs there
  static String of(OAuthFailure failure, Optional<TokenUse> use, String scope) {
    var isDpop = use.filter(one -> one.type() == TokenType.DPOP).isPresent();
    var challenge = new StringBuilder(isDpop ? DPOP : BEARER);
    if (use.isPresent()) {
      challenge.append(", error=\"").append(failure.code()).append('"');
    }
    if (failure.status() == 403) {
      challenge.append(", scope=\"").append(scope).append('"');
    }
    return isDpop ? challenge.toString() : challenge.append(", ").append(DPOP).toString();
  }
}
