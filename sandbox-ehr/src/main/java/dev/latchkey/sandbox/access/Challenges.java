package dev.latchkey.sandbox.access;

import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.policy.ServerIdentity;

/// `WWW-Authenticate` values (RFC 6750 section 3), each with a pointer to the metadata that says
/// which server gives tokens (RFC 9728 section 5.1).
public record Challenges(ServerIdentity identity) {
  static final String HEADER = "WWW-Authenticate";

  /// When there is no credential: no error code, RFC 6750 section 3.1.
  String plain() {
    return "Bearer " + metadata();
  }

  /// Beside a challenge of the scheme Bearer: the other scheme, and what may sign a proof (RFC 9449
  /// section 7.1).
  String alsoDpop() {
    return "DPoP algs=\"%s\", %s".formatted(String.join(" ", ProofChecks.ALGORITHMS), metadata());
  }

  /// After a token of the scheme DPoP.
  String dpop(OAuthFailure failure) {
    return alsoDpop()
        + ", error=\"%s\", error_description=\"%s\""
            .formatted(failure.code(), failure.description());
  }

  private String metadata() {
    return "resource_metadata=\"%s\""
        .formatted(identity.url("/.well-known/oauth-protected-resource/fhir"));
  }

  String invalidToken(String reason) {
    return with("invalid_token", reason);
  }

  String invalidRequest(String reason) {
    return with("invalid_request", reason);
  }

  /// @param scope what would be enough
  String insufficientScope(String reason, String scope) {
    return with("insufficient_scope", reason) + ", scope=\"" + scope + "\"";
  }

  private String with(String error, String description) {
    return plain() + ", error=\"%s\", error_description=\"%s\"".formatted(error, description);
  }
}
