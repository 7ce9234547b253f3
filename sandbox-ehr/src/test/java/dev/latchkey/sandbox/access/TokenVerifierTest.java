package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.policy.ServerIdentity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threats T19 and T32 to T37 of the threat model, one test or row each.
class TokenVerifierTest {
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
  private static final ServerIdentity HERE =
      new ServerIdentity("http://localhost:8080", "http://localhost:8080/fhir");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static RSAKey key;
  private static RSAKey strangersKey;
  private static ECKey windowKey;

  private final OneFamily families = new OneFamily();
  private final TwoDoctors users = new TwoDoctors();
  private final OneService service = new OneService();
  private Instant now = NOW;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    strangersKey = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    windowKey = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
  }

  private TokenVerifier verifier(Duration cache) {
    return new TokenVerifier(
        new TokenAuthority(
            HERE,
            () -> new JWKSet(List.of(key.toPublicJWK(), windowKey.toPublicJWK())),
            families.standing(),
            users,
            service.standing(),
            () -> now),
        cache);
  }

  private Verdict verify(String token) {
    return verifier(Duration.ZERO).verify(token);
  }

  private static JWTClaimsSet.Builder claims() {
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

  private static JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).type(ACCESS_TOKEN).keyID(key.getKeyID());
  }

  private static String token(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    try {
      var jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String token(JWSHeader.Builder header, JWTClaimsSet.Builder claims) {
    try {
      return token(header.build(), claims.build(), new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String token() {
    return token(header(), claims());
  }

  private static void assertRefused(Verdict verdict, String because) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.reason()).contains(because));
  }

  @Test
  void acceptsItsOwnTokenAndReadsWhatItAllows() {
    assertThat(verify(token()))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class,
            accepted -> {
              assertThat(accepted.token().patient()).isEqualTo("ana");
              assertThat(accepted.token().client()).isEqualTo("demo-native");
              assertThat(accepted.token().fhirUser()).isEqualTo("Patient/ana");
              assertThat(accepted.token().scopes().spelled())
                  .isEqualTo("openid fhirUser patient/Observation.rs");
            });
  }

  @Test
  void acceptsTheLongSpellingOfTheType() {
    var type = new JOSEObjectType("application/at+jwt");
    assertThat(verify(token(header().type(type), claims()))).isInstanceOf(Verdict.Accepted.class);
  }

  /// Where the deployment signs access tokens with a key pair for each day.
  @Test
  void acceptsATokenOfAWindowKey() throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(ACCESS_TOKEN);
    var signer = new ECDSASigner(windowKey);

    assertThat(verify(token(header.keyID(windowKey.getKeyID()).build(), claims().build(), signer)))
        .isInstanceOf(Verdict.Accepted.class);
    assertRefused(
        verify(token(header.keyID(key.getKeyID()).build(), claims().build(), signer)), "signature");
  }

  @Test
  void refusesAnUnsignedToken() {
    assertRefused(verify(new PlainJWT(claims().build()).serialize()), "malformed");
  }

  @Test
  void refusesAStrippedSignature() {
    var parts = token().split("\\.", -1);
    assertRefused(verify(parts[0] + "." + parts[1] + "."), "malformed");
  }

  @Test
  void refusesHs256KeyedWithThePublicKey() throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(ACCESS_TOKEN).keyID(key.getKeyID()).build();
    var forged = token(header, claims().build(), new MACSigner(key.toRSAPublicKey().getEncoded()));
    assertRefused(verify(forged), "RS256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS256"})
  void refusesAnotherAlgorithmOfTheSameKey(String algorithm) throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
            .type(ACCESS_TOKEN)
            .keyID(key.getKeyID())
            .build();
    assertRefused(verify(token(header, claims().build(), new RSASSASigner(key))), "RS256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "../../../../dev/null", "' OR 1=1 --"})
  void refusesAnUnknownKeyId(String kid) {
    assertRefused(verify(token(header().keyID(kid), claims())), "signature");
  }

  @Test
  void refusesATokenWithoutKeyId() {
    assertRefused(verify(token(header().keyID(null), claims())), "signature");
  }

  @Test
  void refusesAStrangersSignatureUnderOurKeyId() throws JOSEException {
    assertRefused(
        verify(token(header().build(), claims().build(), new RSASSASigner(strangersKey))),
        "signature");
  }

  @Test
  void ignoresKeysThatTheTokenBrings() throws JOSEException {
    var header =
        header()
            .keyID(strangersKey.getKeyID())
            .jwk(strangersKey.toPublicJWK())
            .jwkURL(URI.create("http://127.0.0.1:1/jwks"))
            .x509CertURL(URI.create("http://127.0.0.1:1/x5u"))
            .build();
    assertRefused(
        verify(token(header, claims().build(), new RSASSASigner(strangersKey))), "signature");
  }

  @Test
  void refusesAnExtensionMarkedCritical() {
    var header = header().criticalParams(Set.of("b64")).base64URLEncodePayload(true);
    assertRefused(verify(token(header, claims())), "extension");
  }

  static Stream<JOSEObjectType> otherTypes() {
    return Stream.of(
        JOSEObjectType.JWT,
        JOSEObjectType.JOSE,
        new JOSEObjectType("dpop+jwt"),
        new JOSEObjectType("logout+jwt"));
  }

  @ParameterizedTest
  @MethodSource("otherTypes")
  void refusesOtherKindsOfJwt(JOSEObjectType type) {
    assertRefused(verify(token(header().type(type), claims())), "not an access token");
  }

  @Test
  void refusesAnIdTokenSignedWithTheSameKey() {
    var idToken = claims().audience("demo-native");
    assertRefused(verify(token(header().type(null), idToken)), "not an access token");
  }

  static Stream<UnaryOperator<JWTClaimsSet.Builder>> wrongClaims() {
    return Stream.of(
        claims -> claims.issuer("http://localhost:8081"),
        claims -> claims.issuer(null),
        claims -> claims.audience("https://evil.example/fhir"),
        claims -> claims.audience(HERE.fhirBase() + "/"),
        claims -> claims.audience(HERE.issuer()),
        claims -> claims.audience(List.of(HERE.fhirBase(), "https://evil.example/fhir")),
        claims -> claims.audience((String) null),
        claims -> claims.expirationTime(Date.from(NOW)),
        claims -> claims.expirationTime(Date.from(NOW.minusSeconds(1))),
        claims -> claims.expirationTime(null),
        claims -> claims.issueTime(Date.from(NOW.plusSeconds(61))),
        claims -> claims.issueTime(null),
        claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(61))),
        claims -> claims.claim("client_id", null),
        claims -> claims.claim("client_id", "another-app"),
        claims -> claims.claim("client_id", 7),
        claims -> claims.claim("sid", null),
        claims -> claims.claim("sid", "BBBBBBBBBBBBBBBBBBBBBB"),
        claims -> claims.claim("scope", List.of("patient/*.rs")),
        claims -> claims.claim("patient", List.of("ana", "ben")));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void refusesWrongClaims(UnaryOperator<JWTClaimsSet.Builder> change) {
    assertThat(verify(token(header(), change.apply(claims())))).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void allowsAMinuteBetweenOurClocksForTheStartOnly() {
    now = NOW.minusSeconds(60);
    assertThat(verify(token())).isInstanceOf(Verdict.Accepted.class);
    now = NOW.plusSeconds(600);
    assertRefused(verify(token()), "expired");
  }

  static Stream<Integer> positions() {
    return IntStream.range(0, 40).boxed();
  }

  @ParameterizedTest
  @MethodSource("positions")
  void refusesAFlippedBitAnywhere(int position) {
    var parts = token().split("\\.", -1);
    var part = position % 3;
    var bytes = new Base64URL(parts[part]).decode();
    bytes[(position * 7) % bytes.length] ^= (byte) (1 << (position % 8));
    parts[part] = Base64URL.encode(bytes).toString();
    assertThat(verify(String.join(".", parts))).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "....", "eyJhbGciOiJSUzI1NiJ9..", "not a token"})
  void refusesWhatIsNoJwt(String text) {
    assertRefused(verify(text), "malformed");
  }

  @Test
  void refusesAnOverlongTokenUnread() {
    assertRefused(verify("a".repeat(8_193)), "too long");
  }

  @Test
  void asksForTheFamilyOnlyOnceEverythingElseHolds() {
    verify(token(header(), claims().audience("https://evil.example/fhir")));
    verify("a.b.c");
    assertThat(families.reads()).isZero();
  }

  @Test
  void refusesARevokedFamilyAtOnceWithoutCache() {
    var verifier = verifier(Duration.ZERO);
    assertThat(verifier.verify(token())).isInstanceOf(Verdict.Accepted.class);
    families.revokedWhile(() -> assertRefused(verifier.verify(token()), "revoked"));
  }

  @Test
  void refusesARevokedFamilyWhenTheCacheEnds() {
    var verifier = verifier(Duration.ofSeconds(30));
    assertThat(verifier.verify(token())).isInstanceOf(Verdict.Accepted.class);
    families.revokedWhile(
        () -> {
          now = NOW.plusSeconds(29);
          assertThat(verifier.verify(token())).isInstanceOf(Verdict.Accepted.class);
          assertThat(families.reads()).isEqualTo(1);
          now = NOW.plusSeconds(30);
          assertRefused(verifier.verify(token()), "revoked");
        });
  }

  @Test
  void judgesTheTimesOfATokenThatItHasSeenAgain() {
    var token = token(header(), claims().expirationTime(Date.from(NOW.plusSeconds(10))));
    var verifier = verifier(Duration.ZERO);
    assertThat(verifier.verify(token)).isInstanceOf(Verdict.Accepted.class);
    now = NOW.plusSeconds(10);
    assertRefused(verifier.verify(token), "expired");
  }

  @Test
  void takesNoOtherSignatureForOneThatItHasSeen() {
    var token = token();
    var verifier = verifier(Duration.ZERO);
    assertThat(verifier.verify(token)).isInstanceOf(Verdict.Accepted.class);
    var parts = token.split("\\.", -1);
    var forged = parts[0] + "." + parts[1] + "." + Base64URL.encode("signed".repeat(40));
    assertRefused(verifier.verify(forged), "signature");
    assertThat(verifier.verify(token)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void refusesATokenThatItHasSeenOnceItsKeyIsNoLongerPublished() {
    var keys = new AtomicReference<>(new JWKSet(key.toPublicJWK()));
    var verifier =
        new TokenVerifier(
            new TokenAuthority(
                HERE, keys::get, families.standing(), users, service.standing(), () -> now),
            Duration.ZERO);
    assertThat(verifier.verify(token())).isInstanceOf(Verdict.Accepted.class);
    keys.set(new JWKSet(strangersKey.toPublicJWK()));
    assertRefused(verifier.verify(token()), "signature");
  }

  @Test
  void keepsNoAnswerLongerThanHalfAMinute() {
    assertThatThrownBy(() -> verifier(Duration.ofSeconds(31)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latchkey.family-state-cache");
  }

  @Test
  void neitherAcceptsNorRefusesWhileTheStoreIsDown() {
    families.downWhile(
        () -> assertThatThrownBy(() -> verify(token())).isInstanceOf(StateUnavailable.class));
  }

  @Test
  void neitherAcceptsNorRefusesWhileTheKeysAreOutOfReach() {
    Supplier<JWKSet> noKeys =
        () -> {
          throw new IllegalStateException("no keys");
        };
    var verifier =
        new TokenVerifier(
            new TokenAuthority(
                HERE, noKeys, families.standing(), users, service.standing(), () -> now),
            Duration.ZERO);
    assertThatThrownBy(() -> verifier.verify(token())).isInstanceOf(StateUnavailable.class);
  }

  private Set<String> patients(TokenVerifier verifier, String subject, String scopes) {
    var verdict =
        verifier.verify(token(header(), claims().subject(subject).claim("scope", scopes)));
    return ((Verdict.Accepted) verdict).token().userPatients();
  }

  @Test
  void sco9_looksUpWhoseRecordsTheUserMaySeeForUserScopesOnly() {
    var verifier = verifier(Duration.ZERO);
    assertThat(patients(verifier, TwoDoctors.DOCTOR, "patient/*.rs openid system/*.rs")).isEmpty();
    assertThat(users.reads()).isZero();
    assertThat(patients(verifier, TwoDoctors.DOCTOR, "user/Goal.r"))
        .containsExactlyInAnyOrderElementsOf(TwoDoctors.PATIENTS);
    assertThat(patients(verifier, "sub-nobody", "user/*.rs")).isEmpty();
  }

  @Test
  void sco9_noticesThatAUserMaySeeFewerRecordsWhenTheCacheEnds() {
    var atOnce = verifier(Duration.ZERO);
    var cached = verifier(Duration.ofSeconds(30));
    assertThat(patients(cached, TwoDoctors.DOCTOR, "user/*.rs")).contains("shella");
    users.whileTreating(
        List.of("dolores"),
        () -> {
          assertThat(patients(atOnce, TwoDoctors.DOCTOR, "user/*.rs")).containsExactly("dolores");
          now = NOW.plusSeconds(29);
          assertThat(patients(cached, TwoDoctors.DOCTOR, "user/*.rs")).contains("shella");
          now = NOW.plusSeconds(30);
          assertThat(patients(cached, TwoDoctors.DOCTOR, "user/*.rs")).containsExactly("dolores");
        });
  }

  @Test
  void sco9_neitherAcceptsNorRefusesUserScopesWhileTheDirectoryIsDown() {
    users.goDown();
    assertThatThrownBy(
            () -> patients(verifier(Duration.ZERO), TwoDoctors.DOCTOR, "user/Patient.rs"))
        .isInstanceOf(StateUnavailable.class);
  }
}
