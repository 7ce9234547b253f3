package dev.latchkey.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.signing.TokenSigner;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads access tokens that this server signed (RFC 9068 section 4). Whether their grant still
/// stands is for the caller to ask.
public record AccessTokenReader(ServerIdentity identity, TokenSigner signer) {
  /// A token much longer than 4 kB is none of ours.
  private static final int LONGEST = 8_192;

  /// The claims of a token of ours, past its time or not. Empty for everything else.
  public Optional<JWTClaimsSet> authentic(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var jwt = SignedJWT.parse(token);
      return isOurs(jwt) ? Optional.of(jwt.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /// The claims of a token of ours that is inside its time and for our FHIR base.
  public Optional<JWTClaimsSet> current(String token, Instant now) {
    return authentic(token)
        .filter(claims -> claims.getAudience().equals(List.of(identity.fhirBase())))
        .filter(claims -> now.isBefore(claims.getExpirationTime().toInstant()));
  }

  /// The algorithm is ours to fix and the type tells an access token from an id token, which the
  /// same key signs (RFC 8725 sections 3.1 and 3.11).
  private boolean isOurs(SignedJWT jwt) throws JOSEException, ParseException {
    var header = jwt.getHeader();
    if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())
        || !AccessTokens.TYPE.equals(header.getType())) {
      return false;
    }
    var key = signer.published().getKeyByKeyId(header.getKeyID());
    return key != null
        && jwt.verify(new RSASSAVerifier(key.toRSAKey()))
        && identity.issuer().equals(jwt.getJWTClaimsSet().getIssuer());
  }
}
