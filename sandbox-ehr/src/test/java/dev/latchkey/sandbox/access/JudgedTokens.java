package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.policy.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;

/// Access tokens, as they should be and as somebody would forge them, and a verifier that judges
/// them on one day.
final class JudgedTokens {
  static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
  static final ServerIdentity HERE =
      new ServerIdentity("http://localhost:8080", "http://localhost:8080/fhir");
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final RSAKey KEY = rsaKey();
  static final RSAKey STRANGERS_KEY = rsaKey();
  static final ECKey WINDOW_KEY = windowKey();

  private final OneFamily families = new OneFamily();
  private final TwoDoctors users = new TwoDoctors();
  private final OneService service = new OneService();
  private Instant now = NOW;

  OneFamily families() {
    return families;
  }

  TwoDoctors users() {
    return users;
  }

  /// From here on it is then.
  void at(Instant instant) {
    now = instant;
  }

  TokenVerifier verifier(Duration cache) {
    var keys = new JWKSet(List.of(KEY.toPublicJWK(), WINDOW_KEY.toPublicJWK()));
    return verifier(() -> keys, cache);
  }

  TokenVerifier verifier(Supplier<JWKSet> keys, Duration cache) {
    return new TokenVerifier(
        new TokenAuthority(HERE, keys, families.standing(), users, service.standing(), () -> now),
        cache);
  }

  Verdict verify(String token) {
    return verifier(Duration.ZERO).verify(token);
  }

  /// Of a token with nothing wrong.
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(HERE.issuer())
        .audience(HERE.fhirBase())
        .subject("ana")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(600)))
        .jwtID("1")
        .claim("client_id", OneFamily.CLIENT.value())
        .claim("sid", OneFamily.ID.value())
        .claim("scope", "openid fhirUser patient/Observation.rs")
        .claim("patient", "ana")
        .claim("fhirUser", HERE.fhirBase() + "/Patient/ana");
  }

  /// Of a token with nothing wrong.
  static JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).type(ACCESS_TOKEN).keyID(KEY.getKeyID());
  }

  static String token(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    try {
      var jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String token(JWSHeader.Builder header, JWTClaimsSet.Builder claims) {
    try {
      return token(header.build(), claims.build(), new RSASSASigner(KEY));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String token() {
    return token(header(), claims());
  }

  static void assertRefused(Verdict verdict, String because) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.reason()).contains(because));
  }

  private static RSAKey rsaKey() {
    try {
      return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey windowKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
