package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.OpenIdProvider;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sign-in at the organisation's portal, which is a real OpenID provider over HTTP.
class PortalTest {
  @RegisterExtension static final PortalDeployment at = PortalDeployment.start();

  private final TestBrowser browser = at.browser();

  @Test
  void whoIsNotSignedInIsLedToThePortalWithAProofKeyANonceAndAStateOfTheirOwn() {
    var one = PortalDeployment.query(at.leave(browser, browser.arrive(PortalDeployment.SCOPE)));
    var another = PortalDeployment.query(at.leave(browser, browser.arrive(PortalDeployment.SCOPE)));

    assertThat(one.get("response_type")).hasValue("code");
    assertThat(one.get("client_id")).hasValue(OpenIdProvider.CLIENT);
    assertThat(one.get("redirect_uri")).hasValue("https://latchkey.example/interaction/portal");
    assertThat(one.get("scope")).hasValue("openid profile");
    assertThat(one.get("code_challenge_method")).hasValue("S256");
    assertThat(one.get("prompt")).isEmpty();
    assertThat(one.get("max_age")).isEmpty();
    for (var random : List.of("state", "nonce", "code_challenge")) {
      assertThat(one.get(random)).isPresent().isNotEqualTo(another.get(random));
    }
  }

  @Test
  void whoeverThePortalKnowsGoesOnToConsentAndTheAppLearnsHowSurelyTheyAreKnown() throws Exception {
    at.provider().saying("acr", "urn:example:two-factors").saying("amr", List.of("pwd", "otp"));
    var signedInAt = at.local().clock().seconds() - 30;
    at.provider().saying("auth_time", signedInAt);
    var ana = new AnaAtTheApp(at.local(), at.wiring(), browser);
    var txn = ana.arrive();

    var back = at.comeBack(browser, at.leave(browser, txn));

    ana.assertKnown(back, txn, signedInAt);
  }

  @Test
  void thePersonKeepsTheirSubjectAndASignedInBrowserIsNotSentThereAgain() throws Exception {
    at.comeBack(browser, at.leave(browser, browser.arrive(PortalDeployment.SCOPE)));
    var first = subject();
    var again = browser.open("sign-in", browser.arrive(PortalDeployment.SCOPE));
    assertThat(again.path()).isEqualTo("/interaction/consent");

    var elsewhere = new TestBrowser(at.wiring());
    var txn = elsewhere.arrive(PortalDeployment.SCOPE);
    at.comeBack(elsewhere, elsewhere.open("sign-in", txn).location());
    assertThat(subject(elsewhere)).isEqualTo(first);
  }

  @Test
  void theTransactionLeavesTheCookieThatItHadBeforeSignIn() throws Exception {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var planted = new TestBrowser(at.wiring());
    planted.cookies().putAll(browser.cookies());

    at.comeBack(browser, at.leave(browser, txn));

    assertThat(planted.open("consent", txn).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"''", "Device/ana", "Patient/../ana", "https://another.example/Patient/ana"})
  void whoeverThePortalLinksToNobodyIsToldSo(String fhirUser) throws Exception {
    at.provider().saying("fhirUser", fhirUser);
    var txn = browser.arrive(PortalDeployment.SCOPE);

    var told = at.comeBack(browser, at.leave(browser, txn));

    assertThat(told.status()).isEqualTo(403);
    assertThat(told.body()).contains("Your account is not linked to a health record");
    assertThat(told.cookies()).isEmpty();
  }

  @Test
  void whoeverMayActForSeveralPeopleChooses() throws Exception {
    at.provider()
        .saying("fhirUser", "https://latchkey.example/fhir/RelatedPerson/maria")
        .saying("name", "Maria Silva")
        .saying(
            "patients",
            "[{\"id\":\"ana\",\"name\":\"Ana Silva\",\"birthDate\":\"1988-04-02\"},\"Patient/ben\","
                + "\"not an id\"]");
    var txn = browser.arrive(PortalDeployment.SCOPE);

    assertThat(at.comeBack(browser, at.leave(browser, txn)).path())
        .isEqualTo("/interaction/patient");
    assertThat(browser.open("patient", txn).body())
        .contains("Ana Silva", "born 2 April 1988", "Patient/ben")
        .doesNotContain("not an id");
    assertThat(browser.submit("patient", txn, "patient", "eve").status()).isEqualTo(403);
    assertThat(browser.submit("patient", txn, "patient", "ben").path())
        .isEqualTo("/interaction/consent");
  }

  @Test
  void whatTheAppWishesOfTheSignInIsHandedOn() {
    var hinted = wishes("login_hint", "ana@portal.example", "ui_locales", "es", "max_age", "300");
    assertThat(hinted.get("login_hint")).hasValue("ana@portal.example");
    assertThat(hinted.get("ui_locales")).hasValue("es");
    assertThat(hinted.get("max_age")).hasValue("300");
    assertThat(hinted.get("prompt")).isEmpty();

    for (var anew : List.of("login", "select_account")) {
      var asked = wishes("prompt", anew);
      assertThat(asked.get("prompt")).hasValue("login");
      assertThat(asked.get("max_age")).hasValue("0");
    }
  }

  @Test
  void whoSignedInTooLongAgoForTheAppIsAskedToDoItAgainOnce() throws Exception {
    at.provider().saying("auth_time", at.local().clock().seconds() - 3600);
    var txn = browser.arriveWishing(PortalDeployment.SCOPE, "max_age", "300");

    var again = at.comeBack(browser, at.leave(browser, txn));
    assertThat(PortalDeployment.query(again.location()).get("prompt")).hasValue("login");

    var unmoved = at.comeBack(browser, again.location());
    assertThat(unmoved.status()).isEqualTo(403);
    assertThat(unmoved.body()).contains("You have to sign in once more");

    at.provider().forget();
    assertThat(at.comeBack(browser, at.leave(browser, txn)).path())
        .isEqualTo("/interaction/consent");
  }

  @Test
  void aTimeOfSignInThatThePortalDoesNotSayIsNotMadeUp() throws Exception {
    at.provider().saying("auth_time", "");

    assertThat(
            at.comeBack(
                    browser,
                    at.leave(
                        browser, browser.arriveWishing(PortalDeployment.SCOPE, "prompt", "login")))
                .status())
        .isEqualTo(403);
    assertThat(
            at.comeBack(browser, at.leave(browser, browser.arrive(PortalDeployment.SCOPE))).path())
        .isEqualTo("/interaction/consent");
  }

  @Test
  void aSignInAtThePortalFromBeforeEverythingWasTakenBackDoesNotCount() throws Exception {
    at.provider().saying("sub", "forgetful-person");
    at.comeBack(browser, at.leave(browser, browser.arrive(PortalDeployment.SCOPE)));
    var subject = subject();
    at.wiring().browserSessions().withdrawal().ofEverything(subject, at.local().clock().seconds());
    at.provider().saying("auth_time", at.local().clock().seconds() - 30);
    var other = new TestBrowser(at.wiring());

    var again =
        at.comeBack(other, other.open("sign-in", other.arrive(PortalDeployment.SCOPE)).location());

    assertThat(again.location()).startsWith(at.provider().issuer()).contains("prompt=login");
  }

  @Test
  void whoSignsOutHereCanSignInAsSomebodyElseThere() throws Exception {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    at.comeBack(browser, at.leave(browser, txn));

    var out = browser.submit("sign-out", txn);

    assertThat(out.status()).isEqualTo(200);
    assertThat(out.body())
        .contains("You are signed out here", "sign-in?txn=" + txn + "&amp;anew=1");
    var anew =
        browser.send(
            new InteractionFunction(at.wiring()),
            "GET",
            "/interaction/sign-in",
            "txn=" + txn + "&anew=1",
            "",
            "sign-in");
    assertThat(anew.location()).contains("prompt=login");
    at.provider().saying("sub", "ben-at-the-portal").saying("name", "Ben Silva");
    assertThat(at.comeBack(browser, anew.location()).path()).isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body()).contains("Ben Silva");
  }

  @Test
  void anAppThatWantsNoPageIsNotSentToThePortal() {
    var answer =
        browser.authorize(
            "test-native",
            TestClients.NATIVE_REDIRECT,
            PortalDeployment.SCOPE,
            Map.of("prompt", "none"));

    assertThat(answer.parameter("error")).isEqualTo("login_required");
  }

  @Test
  void noPasswordIsTakenWherePeopleSignInAtThePortal() {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var csrf = CsrfToken.of(browser.cookie("__Host-latchkey-browser"), txn);

    var answer = browser.post("sign-in", txn, csrf, "username", "ana", "password", "x");

    assertThat(answer.location()).startsWith(at.provider().issuer());
  }

  private Parameters wishes(String... more) {
    return PortalDeployment.query(
        at.leave(browser, browser.arriveWishing(PortalDeployment.SCOPE, more)));
  }

  private String subject() {
    return subject(browser);
  }

  private String subject(TestBrowser browser) {
    return browser.subject(at.local().clock().instant());
  }
}
