package dev.latchkey.sandbox.access;

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
import dev.latchkey.client.ClientId;
import dev.latchkey.dpop.Nonces;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.family.TokenKey;
import dev.latchkey.family.TokenKeys;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.fhir.FhirServer;
import dev.latchkey.secret.Entropy;
import dev.latchkey.token.BoundTokens;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The FHIR server behind its gates, with all synthetic patients, and an authorization server that
/// is one key and a family for each user: it signs whatever a test wants to see judged.
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
  PropertyPlaceholderAutoConfiguration.class,
  ServletWebServerFactoryAutoConfiguration.class
})
@EnableConfigurationProperties(SandboxSettings.class)
@Import({FhirServer.class, AccessControl.class})
class GuardedFhir {
  static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  /// Two who share nothing, and a mother with her child.
  static final String ANA = "dolores";

  static final String ANAS_CHILD = "graciela";
  static final String OTHER = "kendal";

  @Bean
  OneFamily families() {
    return new OneFamily();
  }

  @Bean
  TwoDoctors twoDoctors() {
    return new TwoDoctors();
  }

  @Bean
  RSAKey signingKey() throws JOSEException {
    return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
  }

  /// Takes the place of the one that the functions' wiring makes.
  @Bean
  TokenAuthority tokenAuthority(
      SandboxSettings settings, RSAKey key, OneFamily families, TwoDoctors users) {
    return new TokenAuthority(
        settings.identity(),
        () -> new JWKSet(key.toPublicJWK()),
        families.standing(),
        users,
        new OneService().standing(),
        InstantSource.system());
  }

  /// Takes the place of the one that the functions' wiring makes. Its proofs are never used up.
  @Bean
  Possession possession(TokenAuthority authority) {
    var nonces = new Nonces(new OneTokenKey());
    var proofs = new ProofChecks(nonces, (id, request, until, now) -> true, Entropy.secure());
    return new Possession(new BoundTokens(proofs), authority.identity(), authority.clock());
  }

  private static final class OneTokenKey implements TokenKeys {
    private final TokenKey key = TokenKey.of(1, new byte[TokenKey.BYTES]);

    @Override
    public TokenKey current() {
      return key;
    }

    @Override
    public Optional<TokenKey> find(int id) {
      return id == key.id() ? Optional.of(key) : Optional.empty();
    }
  }

  /// Started once for all tests of this build.
  static RunningSandbox running() {
    return RunningSandbox.of("guarded", GuardedFhir.class, Map.of());
  }

  static OneFamily family() {
    return running().bean(OneFamily.class);
  }

  /// A client that holds a token for this patient, who is also the signed-in user.
  static FhirCalls as(String patient, String scopes) {
    return as(patient, "Patient/" + patient, scopes);
  }

  static FhirCalls as(String patient, String fhirUser, String scopes) {
    return new FhirCalls(
        running().fhirBase(),
        token(
            claims ->
                claims
                    .claim("sid", family().of(fhirUser).value())
                    .claim("patient", patient)
                    .claim("fhirUser", fhirUser)
                    .claim("scope", scopes)));
  }

  /// An app of somebody who works here, or of a proxy.
  ///
  /// @param subject as [TwoDoctors] has it
  /// @param patient in context; empty for none
  static FhirCalls asUser(String subject, String patient, String scopes) {
    return new FhirCalls(
        running().fhirBase(),
        token(
            claims ->
                claims
                    .subject(subject)
                    .claim("sid", family().of(users().fhirUser(subject)).value())
                    .claim("patient", patient.isEmpty() ? null : patient)
                    .claim("scope", scopes)));
  }

  static TwoDoctors users() {
    return running().bean(TwoDoctors.class);
  }

  /// A backend service, which no patient and no user is behind.
  static FhirCalls asService(String scopes) {
    return asService(OneService.ID, scopes);
  }

  static FhirCalls asService(ClientId service, String scopes) {
    return new FhirCalls(
        running().fhirBase(),
        token(
            claims ->
                claims
                    .subject(service.value())
                    .jwtID("of-a-service")
                    .claim("client_id", service.value())
                    .claim("sid", null)
                    .claim("gty", "client_credentials")
                    .claim("scope", scopes)));
  }

  static FhirCalls withoutToken() {
    return new FhirCalls(running().fhirBase(), null);
  }

  static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return token(ACCESS_TOKEN, change);
  }

  static String token(JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change) {
    var identity = running().bean(TokenAuthority.class).identity();
    var key = running().bean(RSAKey.class);
    var now = InstantSource.system().instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(identity.issuer())
            .audience(identity.fhirBase())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(600)))
            .claim("client_id", OneFamily.CLIENT.value())
            .claim("sid", OneFamily.ID.value());
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(type).keyID(key.getKeyID());
      var jwt = new SignedJWT(header.build(), change.apply(claims).build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
