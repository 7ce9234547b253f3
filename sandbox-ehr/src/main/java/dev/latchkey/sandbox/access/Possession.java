package dev.latchkey.sandbox.access;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.dpop.ProofUse;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.token.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether the caller holds the key that an accepted access token is bound to (RFC 9449 section 7).
public record Possession(ProofChecks proofs, ServerIdentity identity, InstantSource clock) {
  private static final String BASE = "/fhir";
  private static final String NO_PROOF =
      "The access token is bound to a key. Send it as Authorization: DPoP, with a DPoP proof";

  /// What is wrong, if anything.
  ///
  /// @param token accepted already
  /// @param asDpop whether it came under the scheme DPoP
  /// @throws StateUnavailable when the proof cannot be judged just now
  Optional<OAuthFailure> problem(String token, boolean asDpop, HttpServletRequest request) {
    var key = key(token);
    if (key.isEmpty()) {
      return asDpop
          ? Optional.of(invalidToken("The access token is bound to no key. Send it as Bearer"))
          : Optional.empty();
    }
    var headers = Collections.list(request.getHeaders(ProofChecks.PROOF_HEADER));
    if (!asDpop) {
      return Optional.of(invalidToken(NO_PROOF));
    }
    if (headers.isEmpty()) {
      return Optional.of(OAuthFailure.invalidProof("Send a DPoP proof with this access token"));
    }
    var use =
        new ProofUse(
            String.join(",", headers),
            request.getMethod(),
            url(request),
            Optional.of(new ProofUse.Bound(token, key.get())));
    return switch (orUnavailable(() -> proofs.check(use, clock.instant()))) {
      case Outcome.Success<KeyThumbprint> _ -> Optional.empty();
      case Outcome.Refused<KeyThumbprint>(var failure) -> Optional.of(failure);
    };
  }

  /// For the next proof.
  String freshNonce() {
    return orUnavailable(() -> proofs.freshNonce(clock.instant()));
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

  private static Optional<KeyThumbprint> key(String token) {
    try {
      return AccessTokens.key(SignedJWT.parse(token).getJWTClaimsSet());
    } catch (ParseException e) {
      throw new IllegalStateException("The token was accepted before", e);
    }
  }

  private static OAuthFailure invalidToken(String description) {
    return new OAuthFailure("invalid_token", 401, description);
  }
}
