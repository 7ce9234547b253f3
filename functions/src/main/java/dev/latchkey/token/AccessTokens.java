package dev.latchkey.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

/// Makes access tokens (RFC 9068): for one FHIR base, for one client, under one grant.
public record AccessTokens(ServerIdentity identity, TokenSigner signer, Entropy entropy) {
  /// RFC 9068 section 2.1: tells an access token from every other JWT that this server signs.
  public static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  /// Signs one access token.
  ///
  /// @param scopes what this token may do; all of the grant or less
  /// @param key that the caller proved to hold; the token works only with it (RFC 9449 section 6)
  /// @param now seconds since the epoch
  public String issue(
      FamilyGrant grant,
      ScopeSet scopes,
      Optional<KeyThumbprint> key,
      long now,
      Duration lifetime) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(identity.issuer())
            .subject(grant.subject())
            .audience(identity.fhirBase())
            .issueTime(date(now))
            .expirationTime(date(now + lifetime.toSeconds()))
            .jwtID(entropy.value())
            .claim("client_id", grant.client().value())
            .claim("scope", scopes.spelled())
            .claim("sid", grant.id().value())
            .claim("auth_time", grant.authenticatedAt());
    grant.launch().patientId().ifPresent(patient -> claims.claim("patient", patient));
    if (scopes.contains(NamedScope.FHIR_USER)) {
      claims.claim("fhirUser", identity.fhirBase() + "/" + grant.fhirUser());
    }
    key.ifPresent(thumbprint -> claims.claim("cnf", Map.of("jkt", thumbprint.value())));
    return signer.sign(claims.build(), TYPE);
  }

  /// The key that a token of ours is bound to (RFC 7800 section 3, RFC 9449 section 6.1).
  public static Optional<KeyThumbprint> key(JWTClaimsSet claims) {
    return claims.getClaim("cnf") instanceof Map<?, ?> confirmation
            && confirmation.get("jkt") instanceof String thumbprint
        ? KeyThumbprint.read(thumbprint)
        : Optional.empty();
  }

  private static Date date(long epochSecond) {
    return Date.from(Instant.ofEpochSecond(epochSecond));
  }
}
