package dev.latchkey.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.dpop.ProofUse;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import java.time.Instant;
import java.util.Optional;

/// Whether callers hold the keys that their access tokens are bound to (RFC 9449 section 7).
public record BoundTokens(ProofChecks proofs) {

  /// What is wrong, if anything; always with status 401. The proof is used up.
  ///
  /// @param claims of the token, which was found usable before
  public Optional<OAuthFailure> problem(TokenUse use, JWTClaimsSet claims, Instant now) {
    if (!AccessTokens.isBound(claims)) {
      return use.type() == TokenType.DPOP
          ? invalid("The access token is bound to no key. Send it as Authorization: Bearer.")
          : Optional.empty();
    }
    var key = AccessTokens.key(claims);
    // RFC 9449 section 7.2: without its proof a bound token is worth nothing.
    if (use.type() != TokenType.DPOP || key.isEmpty()) {
      return invalid(
          "The access token is bound to a key. Send it as Authorization: DPoP, with a DPoP proof.");
    }
    var proof = use.proof();
    if (proof.isEmpty()) {
      return Optional.of(
          unauthorized(OAuthFailure.invalidProof("Send a DPoP proof with this access token.")));
    }
    var bound = new ProofUse.Bound(use.token(), key.get());
    var proved = new ProofUse(proof.get(), use.method(), use.url(), Optional.of(bound));
    return switch (proofs.check(proved, now)) {
      case Outcome.Success<KeyThumbprint> _ -> Optional.empty();
      case Outcome.Refused<KeyThumbprint>(var failure) -> Optional.of(unauthorized(failure));
    };
  }

  /// For the next proof: the value of the DPoP-Nonce header of the answer.
  public String freshNonce(Instant now) {
    return proofs.freshNonce(now);
  }

  private static OAuthFailure unauthorized(OAuthFailure failure) {
    return new OAuthFailure(failure.code(), 401, failure.description());
  }

  private static Optional<OAuthFailure> invalid(String description) {
    return Optional.of(new OAuthFailure("invalid_token", 401, description));
  }
}
