package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.TestBrowser.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.account.User;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.policy.SessionPolicy;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an app asks of the sign-in: `prompt`, `max_age` and `ui_locales` (OpenID Connect Core
/// section 3.1.2.1).
class PromptTest {
  private static final String DATA = "patient/Observation.rs";
  private static final String SCOPE = "launch/patient openid fhirUser " + DATA;

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana());
  private final TestBrowser browser = new TestBrowser(local.wiring());
  private long signedInAt;

  @BeforeEach
  void signInAMinuteAgo() {
    browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    signedInAt = local.clock().seconds();
    local.clock().advance(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "prompt, login",
    "prompt, consent login",
    "prompt, select_account",
    "max_age, 0",
    "max_age, 59"
  })
  void auz14_whoeverIsSignedInHasToSignInAgain(String name, String value) throws ParseException {
    var before = browser.cookie(SESSION);
    var txn = arrive(name, value);

    var page = browser.open("sign-in", txn);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("name=\"password\"");
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/sign-in");
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    assertThat(browser.cookie(SESSION)).isNotEqualTo(before);
    assertThat(authTime(txn)).isEqualTo(local.clock().seconds());
  }

  @ParameterizedTest
  @CsvSource({"prompt, consent", "max_age, 60", "max_age, 999999999999", "prompt, something"})
  void auz14_whoeverSignedInRecentlyIsOnlyAskedToAllow(String name, String value)
      throws ParseException {
    var txn = arrive(name, value);

    var answer = browser.open("sign-in", txn);

    assertThat(answer.path()).isEqualTo("/interaction/consent");
    local.clock().advance(Duration.ofSeconds(10));
    assertThat(authTime(txn)).isEqualTo(signedInAt);
  }

  @Test
  void auz14_loginEvenInTheSecondOfTheSignIn() {
    var fresh = new TestBrowser(local.wiring());
    fresh.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    var txn = fresh.arrive("test-native", TestClients.NATIVE_REDIRECT, SCOPE, "prompt", "login");

    assertThat(fresh.open("sign-in", txn).status()).isEqualTo(200);
  }

  @Test
  void auz14_noPageEndsInConsentRequiredForWhoeverIsSignedIn() {
    assertThat(errorOf(Map.of("prompt", "none"))).isEqualTo("consent_required");
    assertThat(errorOf(Map.of("prompt", "none", "max_age", "60"))).isEqualTo("consent_required");
  }

  @Test
  void auz14_noPageEndsInLoginRequiredForAnOlderSignIn() {
    assertThat(errorOf(Map.of("prompt", "none", "max_age", "59"))).isEqualTo("login_required");
    assertThat(errorOf(Map.of("prompt", "none", "max_age", "0"))).isEqualTo("login_required");
  }

  @Test
  void auz14_noPageEndsInLoginRequiredForWhoeverIsNotSignedIn() {
    local.clock().advance(SessionPolicy.IDLE);
    assertThat(errorOf(Map.of("prompt", "none"))).isEqualTo("login_required");

    browser.cookies().clear();
    assertThat(errorOf(Map.of("prompt", "none"))).isEqualTo("login_required");
  }

  @Test
  void auz14_noPageGoesWithNoOtherPrompt() {
    assertThat(errorOf(Map.of("prompt", "none login"))).isEqualTo("invalid_request");
    assertThat(errorOf(Map.of("prompt", "consent none"))).isEqualTo("invalid_request");
  }

  @Test
  void auz14_askingWithoutAPageWritesNothing() {
    local.calls().reset();

    assertThat(errorOf(Map.of("prompt", "none"))).isEqualTo("consent_required");

    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void auz14_aPushedRequestIsHeldToItToo() {
    var pushed =
        Call.post("/par")
            .with("response_type", "code")
            .with("client_id", "test-native")
            .with("redirect_uri", TestClients.NATIVE_REDIRECT)
            .with("scope", SCOPE)
            .with("state", "s")
            .with("aud", LocalWiring.ISSUER + "/fhir")
            .with("code_challenge", TestBrowser.CHALLENGE)
            .with("code_challenge_method", "S256")
            .with("prompt", "none")
            .to(new ParFunction(local.wiring()));

    assertThat(pushed.status()).isEqualTo(201);
    assertThat(errorOf(Map.of("request_uri", pushed.text("request_uri"))))
        .isEqualTo("consent_required");
  }

  @ParameterizedTest
  @CsvSource({"es, en, es", "es-419 en, en, es", "en, es, en", "de, es, es", "'', es, es"})
  void auz15_theLanguageOfTheAppsUserComesBeforeThatOfTheBrowser(
      String uiLocales, String acceptLanguage, String expected) {
    browser.sending("accept-language", acceptLanguage);
    var txn = arrive("ui_locales", uiLocales);
    browser.open("sign-in", txn);

    assertThat(browser.open("consent", txn).body()).contains("<html lang=\"" + expected + "\">");
  }

  @Test
  void auz15_whoeverTheAppExpectsGoesOnIfSignedIn() {
    var txn = arrive("id_token_hint", hint(TestUsers.ana(), LocalWiring.ISSUER));

    assertThat(browser.open("sign-in", txn).path()).isEqualTo("/interaction/consent");
    assertThat(
            errorOf(
                Map.of(
                    "prompt", "none", "id_token_hint", hint(TestUsers.ana(), LocalWiring.ISSUER))))
        .isEqualTo("consent_required");
  }

  @Test
  void auz15_anAppThatExpectsSomebodyElseGetsNothingOfWhoeverIsSignedIn() {
    local.seed(TestUsers.ben());
    var ofBen = hint(TestUsers.ben(), LocalWiring.ISSUER);
    assertThat(errorOf(Map.of("prompt", "none", "id_token_hint", ofBen)))
        .isEqualTo("login_required");
    var txn = arrive("id_token_hint", ofBen);

    assertThat(browser.open("sign-in", txn).body()).contains("name=\"password\"");
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/sign-in");
    var asAna = browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    assertThat(asAna.status()).isEqualTo(403);
    assertThat(asAna.body()).contains("The app expects somebody else");
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/sign-in");
    var asBen = browser.submit("sign-in", txn, "username", "ben", "password", TestUsers.PASSWORD);
    assertThat(asBen.path()).isEqualTo("/interaction/patient");
  }

  @Test
  void auz15_aHintThatSaysNothingHasThePersonSignInAgain() {
    var hints =
        List.of(
            "abc",
            "..",
            part("{\"alg\":\"none\"}") + "." + part("{\"sub\":\"a\"}") + ".",
            part("{\"alg\":\"ES384\",\"kid\":7}") + "." + part("[]") + ".AAAA",
            part("{\"alg\":\"ES384\",\"jwk\":{\"kty\":\"RSA\"}}") + "." + part("{}") + ".AAAA",
            part("{\"alg\":\"ES384\"}") + "." + part("{\"iss\":[1],\"sub\":{}}") + ".AAAA",
            part("{\"alg\":\"ES384\"}") + "." + part("[".repeat(2_000)) + ".AAAA",
            hint(TestUsers.ana(), "https://other.example"));
    for (var hint : hints) {
      var txn = arrive("id_token_hint", hint);

      assertThat(browser.open("sign-in", txn).body()).as(hint).contains("name=\"password\"");
      assertThat(errorOf(Map.of("prompt", "none", "id_token_hint", hint)))
          .isEqualTo("login_required");
    }
  }

  private static String part(String json) {
    return Base64URL.encode(json).toString();
  }

  /// An id token whose signature is worth nothing, since only whom it is about counts.
  private static String hint(User who, String issuer) {
    var app = SigningApp.called("hinting");
    var claims =
        new JWTClaimsSet.Builder().issuer(issuer).subject(who.subject()).audience("test-native");
    return SigningApp.signed(
        SigningApp.header(app.ec(), JWSAlgorithm.ES384).build(), claims.build(), app.ec());
  }

  private String arrive(String name, String value) {
    return browser.arrive("test-native", TestClients.NATIVE_REDIRECT, SCOPE, name, value);
  }

  private String errorOf(Map<String, String> more) {
    var answer = browser.authorize("test-native", TestClients.NATIVE_REDIRECT, SCOPE, more);
    assertThat(answer.status()).isEqualTo(303);
    return Optional.ofNullable(answer.parameter("error")).orElseThrow();
  }

  /// Allows access and exchanges the code.
  private long authTime(String txn) throws ParseException {
    var code = Optional.ofNullable(browser.allow(txn, List.of(DATA)).parameter("code"));
    var answer =
        new Grants(local).exchange(code.orElseThrow()).to(new TokenFunction(local.wiring()));
    var claims = SignedJWT.parse(answer.text("id_token")).getJWTClaimsSet();
    return claims.getLongClaim("auth_time");
  }
}
