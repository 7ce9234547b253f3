package dev.latchkey.token;

import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.http.Request;
import dev.latchkey.policy.ServerIdentity;
import java.util.Optional;

/// An access token as a request brings it, not judged yet.
///
/// @param type that the scheme of the Authorization header names
/// @param proof the value of the DPoP header; several are joined by commas
/// @param method of the request
/// @param url of the request as the caller can know it: below our public address, never below one
///   made from a Host header
public record TokenUse(
    String token, TokenType type, Optional<String> proof, String method, String url) {

  /// The token of the `Authorization` header (RFC 6750 section 2.1, RFC 9449 section 7.1).
  static Optional<TokenUse> of(Request request, ServerIdentity identity) {
    return request
        .bearerToken()
        .map(token -> use(token, TokenType.BEARER, request, identity))
        .or(() -> request.dpopToken().map(token -> use(token, TokenType.DPOP, request, identity)));
  }

  private static TokenUse use(
      String token, TokenType type, Request request, ServerIdentity identity) {
    return new TokenUse(
        token,
        type,
        request.header(ProofChecks.PROOF_HEADER),
        request.method(),
        identity.url(request.path()));
  }

  @Override
  public String toString() {
    return "TokenUse[type=" + type + ", redacted]";
  }
}
