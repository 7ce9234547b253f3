package dev.latchkey.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.signing.TokenSigner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads access tokens that this server signed (RFC 9068 section 4). Whether their grant still
/// stands is for the caller to ask.
public record AccessTokenReader(ServerIdentity identity, TokenSigner signer) {
  /// The claims of a token of ours, past its time or not. Empty for everything else.
  public Optional<JWTClaimsSet> authentic(String token) {
    return new OwnSignatures(identity, signer).claims(token, AccessTokens.TYPE);
  }

  /// The claims of a token of ours that is inside its time and for our FHIR base.
  public Optional<JWTClaimsSet> current(String token, Instant now) {
    return authentic(token)
        .filter(claims -> claims.getAudience().equals(List.of(identity.fhirBase())))
        .filter(claims -> now.isBefore(claims.getExpirationTime().toInstant()));
  }
}
