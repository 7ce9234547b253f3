package dev.latchkey.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import dev.latchkey.account.Assurance;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.signing.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/// Makes id tokens: who signed in, for the app alone (OpenID Connect Core section 2).
public record IdTokens(ServerIdentity identity, TokenSigner signer) {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /// Signs one id token.
  ///
  /// @param assurance how surely it is known who signed in (`acr`, `amr`)
  /// @param nonce from the authorization request, if it had one
  /// @param accessToken that it comes with; `at_hash` ties the two together, so that neither can be
  ///   swapped (RFC 9700 section 4.6)
  /// @param now seconds since the epoch
  public String issue(
      FamilyGrant grant,
      Assurance assurance,
      @Nullable String nonce,
      String accessToken,
      long now) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(identity.issuer())
            .subject(grant.subject())
            .audience(grant.client().value())
            .issueTime(Date.from(Instant.ofEpochSecond(now)))
            .expirationTime(Date.from(Instant.ofEpochSecond(now + LIFETIME.toSeconds())))
            .claim("auth_time", grant.authenticatedAt())
            .claim("at_hash", hash(accessToken));
    assurance.claims().forEach(claims::claim);
    if (nonce != null) {
      claims.claim("nonce", nonce);
    }
    if (grant.scopes().contains(NamedScope.FHIR_USER)) {
      claims.claim("fhirUser", identity.fhirBase() + "/" + grant.fhirUser());
    }
    return signer.sign(claims.build(), JOSEObjectType.JWT);
  }

  private static String hash(String accessToken) {
    return AccessTokenHash.compute(new BearerAccessToken(accessToken), JWSAlgorithm.RS256, null)
        .getValue();
  }
}
