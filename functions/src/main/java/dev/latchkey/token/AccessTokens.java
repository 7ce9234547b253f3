package dev.latchkey.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeContext;
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
        claims(grant.subject(), grant.client(), scopes, now, lifetime)
            .claim("sid", grant.id().value())
            .claim("auth_time", grant.authenticatedAt());
    grant.launch().patientId().ifPresent(patient -> claims.claim("patient", patient));
    if (namesUser(scopes)) {
      claims.claim("fhirUser", identity.fhirBase() + "/" + grant.fhirUser());
    }
    bind(claims, key);
    return signer.sign(claims.build(), TYPE);
  }

  /// The key that a token of ours is bound to (RFC 7800 section 3, RFC 9449 section 6.1).
  public static Optional<KeyThumbprint> key(JWTClaimsSet claims) {
    return claims.getClaim("cnf") instanceof Map<?, ?> confirmation
            && confirmation.get("jkt") instanceof String thumbprint
        ? KeyThumbprint.read(thumbprint)
        : Optional.empty();
  }

  /// Whether a token of ours works only with a proof, whatever kind of key it names.
  public static boolean isBound(JWTClaimsSet claims) {
    return claims.getClaim("cnf") != null;
  }

  /// Signs one access token of a backend service, which acts for itself and for no user.
  ///
  /// @param now seconds since the epoch
  public String issue(
      ClientId service, ScopeSet scopes, Optional<KeyThumbprint> key, long now, Duration lifetime) {
    var claims =
        claims(service.value(), service, scopes, now, lifetime)
            .claim(ServiceTokens.CLAIM, ServiceTokens.CLIENT_CREDENTIALS);
    bind(claims, key);
    return signer.sign(claims.build(), TYPE);
  }

  /// Signs one access token that was exchanged for another of the same client: the same grant, with
  /// fewer scopes or a nearer end. Who exchanged it is in `act` (RFC 8693 section 4.1), flat
  /// however often it happens, since it is the same client each time.
  ///
  /// @param subject claims of the token that it is exchanged for
  /// @param now seconds since the epoch
  public String narrowed(JWTClaimsSet subject, ScopeSet scopes, long now, Duration lifetime) {
    var claims =
        new JWTClaimsSet.Builder(subject)
            .issueTime(date(now))
            .expirationTime(date(now + lifetime.toSeconds()))
            .jwtID(entropy.value())
            .claim("scope", scopes.spelled())
            .claim("act", Map.of("sub", String.valueOf(subject.getClaim("client_id"))));
    if (!namesUser(scopes)) {
      claims.claim("fhirUser", null);
    }
    return signer.sign(claims.build(), TYPE);
  }

  /// Under `user/` scopes the FHIR server has to know whose rights they stand for.
  private static boolean namesUser(ScopeSet scopes) {
    return scopes.contains(NamedScope.FHIR_USER)
        || scopes.of(ScopeContext.USER).findAny().isPresent();
  }

  private static void bind(JWTClaimsSet.Builder claims, Optional<KeyThumbprint> key) {
    key.ifPresent(thumbprint -> claims.claim("cnf", Map.of("jkt", thumbprint.value())));
  }

  private JWTClaimsSet.Builder claims(
      String subject, ClientId client, ScopeSet scopes, long now, Duration lifetime) {
    return new JWTClaimsSet.Builder()
        .issuer(identity.issuer())
        .subject(subject)
        .audience(identity.fhirBase())
        .issueTime(date(now))
        .expirationTime(date(now + lifetime.toSeconds()))
        .jwtID(entropy.value())
        .claim("client_id", client.value())
        .claim("scope", scopes.spelled());
  }

  private static Date date(long epochSecond) {
    return Date.from(Instant.ofEpochSecond(epochSecond));
  }
}
