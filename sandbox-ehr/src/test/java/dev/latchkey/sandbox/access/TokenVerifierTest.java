package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.JudgedTokens.ACCESS_TOKEN;
import static dev.latchkey.sandbox.access.JudgedTokens.HERE;
import static dev.latchkey.sandbox.access.JudgedTokens.KEY;
import static dev.latchkey.sandbox.access.JudgedTokens.NOW;
import static dev.latchkey.sandbox.access.JudgedTokens.WINDOW_KEY;
import static dev.latchkey.sandbox.access.JudgedTokens.assertRefused;
import static dev.latchkey.sandbox.access.JudgedTokens.claims;
import static dev.latchkey.sandbox.access.JudgedTokens.header;
import static dev.latchkey.sandbox.access.JudgedTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which access tokens are accepted: for this server, at this time, of a known app and user
/// (threats T19 and T32 to T37 of the threat model, with TokenSignatureTest and TokenStandingTest).
class TokenVerifierTest {
  private final JudgedTokens tokens = new JudgedTokens();

  @Test
  void acceptsItsOwnTokenAndReadsWhatItAllows() {
    assertThat(tokens.verify(token()))
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
    assertThat(tokens.verify(token(header().type(type), claims())))
        .isInstanceOf(Verdict.Accepted.class);
  }

  /// Where the deployment signs access tokens with a key pair for each day.
  @Test
  void acceptsATokenOfAWindowKey() throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(ACCESS_TOKEN);
    var signer = new ECDSASigner(WINDOW_KEY);

    assertThat(
            tokens.verify(
                token(header.keyID(WINDOW_KEY.getKeyID()).build(), claims().build(), signer)))
        .isInstanceOf(Verdict.Accepted.class);
    assertRefused(
        tokens.verify(token(header.keyID(KEY.getKeyID()).build(), claims().build(), signer)),
        "signature");
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
    assertThat(tokens.verify(token(header(), change.apply(claims()))))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void allowsAMinuteBetweenOurClocksForTheStartOnly() {
    tokens.at(NOW.minusSeconds(60));
    assertThat(tokens.verify(token())).isInstanceOf(Verdict.Accepted.class);
    tokens.at(NOW.plusSeconds(600));
    assertRefused(tokens.verify(token()), "expired");
  }

  private Set<String> patients(TokenVerifier verifier, String subject, String scopes) {
    var verdict =
        verifier.verify(token(header(), claims().subject(subject).claim("scope", scopes)));
    return ((Verdict.Accepted) verdict).token().userPatients();
  }

  @Test
  void sco9_looksUpWhoseRecordsTheUserMaySeeForUserScopesOnly() {
    var verifier = tokens.verifier(Duration.ZERO);
    assertThat(patients(verifier, TwoDoctors.DOCTOR, "patient/*.rs openid system/*.rs")).isEmpty();
    assertThat(tokens.users().reads()).isZero();
    assertThat(patients(verifier, TwoDoctors.DOCTOR, "user/Goal.r"))
        .containsExactlyInAnyOrderElementsOf(TwoDoctors.PATIENTS);
    assertThat(patients(verifier, "sub-nobody", "user/*.rs")).isEmpty();
  }

  @Test
  void sco9_noticesThatAUserMaySeeFewerRecordsWhenTheCacheEnds() {
    var atOnce = tokens.verifier(Duration.ZERO);
    var cached = tokens.verifier(Duration.ofSeconds(30));
    assertThat(patients(cached, TwoDoctors.DOCTOR, "user/*.rs")).contains("shella");
    tokens
        .users()
        .whileTreating(
            List.of("dolores"),
            () -> {
              assertThat(patients(atOnce, TwoDoctors.DOCTOR, "user/*.rs"))
                  .containsExactly("dolores");
              tokens.at(NOW.plusSeconds(29));
              assertThat(patients(cached, TwoDoctors.DOCTOR, "user/*.rs")).contains("shella");
              tokens.at(NOW.plusSeconds(30));
              assertThat(patients(cached, TwoDoctors.DOCTOR, "user/*.rs"))
                  .containsExactly("dolores");
            });
  }

  @Test
  void sco9_neitherAcceptsNorRefusesUserScopesWhileTheDirectoryIsDown() {
    tokens.users().goDown();
    assertThatThrownBy(
            () -> patients(tokens.verifier(Duration.ZERO), TwoDoctors.DOCTOR, "user/Patient.rs"))
        .isInstanceOf(StateUnavailable.class);
  }
}
