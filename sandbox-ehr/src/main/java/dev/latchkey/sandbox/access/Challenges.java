package dev.latchkey.sandbox.access;

import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.token.TokenType;

/// `WWW-Authenticate` values (RFC 6750 section 3), each with a pointer to the metadata that says
/// which server gives tokens (RFC 9728 section 5.1).
public record Challenges(ServerIdentity identity) {
  static final String HEADER = "WWW-Authenticate";

  /// When there is no credential: no error code, RFC 6750 section 3.1.
  String plain() {
    return "Bearer " + metadata();
  }

  /// The other scheme, and what may sign a proof (RFC 9449 section 7.1). Also beside a challenge of
  /// the scheme Bearer.
  String dpop() {
    return "DPoP algs=\"%s\", %s".formatted(String.join(" ", ProofChecks.ALGORITHMS), metadata());
  }

  /// After a token of the scheme DPoP, or one that should have come with it.
  String dpop(OAuthFailure failure) {
    return dpop() + error(failure.code(), failure.description());
  }

  private String metadata() {
    return "resource_metadata=\"%s\""
        .formatted(identity.url("/.well-known/oauth-protected-resource/fhir"));
  }

  /// @param type of the scheme that was used
  String invalidToken(TokenType type, String reason) {
    return scheme(type) + error("invalid_token", reason);
  }

  String invalidRequest(String reason) {
    return plain() + error("invalid_request", reason);
  }

  /// @param type of the token
  /// @param scope what would be enough
  String insufficientScope(TokenType type, String reason, String scope) {
    return scheme(type) + error("insufficient_scope", reason) + ", scope=\"" + scope + "\"";
  }

  private String scheme(TokenType type) {
    return type == TokenType.DPOP ? dpop() : plain();
  }

  private static String error(String code, String description) {
    return ", error=\"%s\", error_description=\"%s\"".formatted(code, description);
  }
}
