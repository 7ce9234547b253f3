package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.family.Cutoffs.Of;
import dev.latchkey.policy.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Access tokens of backend services: no grant is behind them, so they stand as long as the service
/// does.
class ServiceTokenTest {
  private static final ServerIdentity HERE =
      new ServerIdentity("http://localhost:8080", "http://localhost:8080/fhir");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static RSAKey key;

  private final OneService service = new OneService();

  @BeforeAll
  static void makeKey() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
  }

  @Test
  void isAcceptedAsWhatItIs() {
    assertThat(verify(claims -> claims))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class,
            accepted -> {
              assertThat(accepted.token().isOfService()).isTrue();
              assertThat(accepted.token().client()).isEqualTo("demo-backend");
              assertThat(accepted.token().patient()).isNull();
            });
  }

  @Test
  void endsWithItsService() {
    service.remove(OneService.ID);
    assertRefused(claims -> claims);
  }

  @Test
  void endsWhenItsServiceIsSwitchedOff() {
    service.disable();
    assertRefused(claims -> claims);
  }

  @Test
  void endsWhenItsServiceMayHaveNoneAnyMore() {
    service.takeItsGrantType();
    assertRefused(claims -> claims);
  }

  @Test
  void endsWithEverythingOfItsService() {
    service.raise(new Of.Client(OneService.ID), NOW.getEpochSecond() - 1, 0);
    assertThat(verify(claims -> claims)).isInstanceOf(Verdict.Accepted.class);

    service.raise(new Of.Client(OneService.ID), NOW.getEpochSecond(), 0);
    assertRefused(claims -> claims);
  }

  @Test
  void canBeTakenBackAlone() {
    service.raise(new Of.Token("jti-1"), NOW.getEpochSecond(), 0);

    assertRefused(claims -> claims);
    assertThat(verify(claims -> claims.jwtID("jti-2"))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void isNeitherAcceptedNorRefusedWhileTheStoreIsDown() {
    service.goDown();

    assertThatThrownBy(() -> verify(claims -> claims)).isInstanceOf(StateUnavailable.class);
  }

  /// Threat T31: only what says that it was got without a user is taken as that.
  @Test
  void t31_aTokenThatSaysItOnlyInPartIsNone() {
    assertRefused(claims -> claims.claim("gty", null));
    assertRefused(claims -> claims.claim("gty", "authorization_code"));
    assertRefused(claims -> claims.subject("ana"));
    assertRefused(claims -> claims.claim("client_id", "demo-native"));
    assertRefused(claims -> claims.claim("sid", "unknown"));
  }

  /// Threat T31: a family's token stays one, whoever its subject is.
  @Test
  void t31_aUserNamedLikeTheServiceIsStillAUser() {
    assertThat(
            verify(
                claims ->
                    claims
                        .claim("gty", null)
                        .claim("client_id", OneFamily.CLIENT.value())
                        .claim("sid", OneFamily.ID.value())))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class,
            accepted -> assertThat(accepted.token().isOfService()).isFalse());
  }

  private void assertRefused(UnaryOperator<JWTClaimsSet.Builder> change) {
    assertThat(verify(change)).isInstanceOf(Verdict.Refused.class);
  }

  private Verdict verify(UnaryOperator<JWTClaimsSet.Builder> change) {
    var authority =
        new TokenAuthority(
            HERE,
            () -> new JWKSet(key.toPublicJWK()),
            new OneFamily().standing(),
            new TwoDoctors(),
            service.standing(),
            () -> NOW);
    return new TokenVerifier(authority, Duration.ofSeconds(30)).verify(token(change));
  }

  private static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(HERE.issuer())
            .audience(HERE.fhirBase())
            .subject(OneService.ID.value())
            .issueTime(Date.from(NOW))
            .expirationTime(Date.from(NOW.plusSeconds(300)))
            .jwtID("jti-1")
            .claim("client_id", OneService.ID.value())
            .claim("gty", "client_credentials")
            .claim("scope", "system/*.rs");
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID());
    try {
      var jwt = new SignedJWT(header.build(), change.apply(claims).build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
