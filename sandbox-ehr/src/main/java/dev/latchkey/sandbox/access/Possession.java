package dev.latchkey.sandbox.access;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.token.BoundTokens;
import dev.latchkey.token.TokenUse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether the caller of the FHIR API holds the key that an accepted access token is bound to (RFC
/// 9449 section 7).
public record Possession(BoundTokens tokens, ServerIdentity identity, InstantSource clock) {
  private static final String BASE = "/fhir";

  /// What is wrong, if anything.
  ///
  /// @param credential whose token was accepted already
  /// @param claims of that token
  /// @throws StateUnavailable when the proof cannot be judged just now
  Optional<OAuthFailure> problem(
      Credentials.Token credential, JWTClaimsSet claims, HttpServletRequest request) {
    var headers = Collections.list(request.getHeaders(ProofChecks.PROOF_HEADER));
    var use =
        new TokenUse(
            credential.token(),
            credential.type(),
            headers.isEmpty() ? Optional.empty() : Optional.of(String.join(",", headers)),
            request.getMethod(),
            url(request));
    return orUnavailable(() -> tokens.problem(use, claims, clock.instant()));
  }

  /// For the next proof.
  String freshNonce() {
    return orUnavailable(() -> tokens.freshNonce(clock.instant()));
  }

  private static <T> T orUnavailable(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (RuntimeException outage) {
      throw new StateUnavailable(outage);
    }
  }

  /// As the caller knows it: our public base and the path as sent, never a Host header.
  private String url(HttpServletRequest request) {
    return identity.fhirBase() + request.getRequestURI().substring(BASE.length());
  }
}
