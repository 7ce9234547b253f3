package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.LookupDeployment.changed;
import static dev.latchkey.endpoint.LookupDeployment.patient;
import static dev.latchkey.endpoint.LookupDeployment.practitioner;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.aws.LambdaPortal;
import dev.latchkey.contract.InProcessLambda;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.launch.AppOpening;
import dev.latchkey.launch.Launch;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What apps can get in the hands of a practitioner who was looked up in the FHIR server: never the
/// record of a patient whom nobody said that they may see.
@TestInstance(Lifecycle.PER_CLASS)
class PortalPractitionerTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:000000000000:function:portal:live";

  private final LookupDeployment at;
  private Wiring wiring;
  private TestBrowser browser;

  PortalPractitionerTest() throws IOException {
    at = LookupDeployment.start();
    var scopes = ScopeSet.parse(TestClients.SCOPES + " user/*.rs");
    at.fhir()
        .local()
        .seed(TestClients.nativeApp().withScopes(scopes))
        .seed(TestClients.browserApp());
    wiring = wiring();
    browser = new TestBrowser(wiring);
  }

  @AfterAll
  void stopTheServers() {
    at.close();
  }

  @BeforeEach
  void aPractitionerTreatsAna() {
    at.forget();
    wiring = wiring();
    browser = new TestBrowser(wiring);
    var roe = List.of(Map.of("reference", "Practitioner/roe"));
    at.fhir()
        .with(practitioner("roe", "4711", "Kim"))
        .with(changed(patient("ana", "4712", "Ana"), "generalPractitioner", roe));
  }

  private Wiring wiring() {
    var lambda = new InProcessLambda(ARN, at.function());
    return at.fhir().local().wiring().withPortal(new LambdaPortal(lambda, ARN));
  }

  @Test
  void anAppThatAsksForAPatientsRecordGetsNone() {
    var txn = arrive(PortalDeployment.SCOPE);

    assertThat(signedIn(txn, "4711").path()).isEqualTo("/interaction/patient");

    var page = browser.open("patient", txn);
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.body()).contains("You have no record to share");
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/patient");
    assertNothingIsShared(post("patient", txn, "patient", "ana"));
    var allowed = post("consent", txn, "decision", "allow", "scope", "patient/Observation.rs");
    assertThat(allowed.path()).isEqualTo("/interaction/patient");
  }

  @Test
  void anAppThatAnEhrOpensWithAPatientWhoIsNotTheirsToShareGetsNone() {
    var scope = "launch openid fhirUser patient/Observation.rs";
    var txn = opened(scope, "ana", "4711");

    assertThat(signedIn(txn, "4711").path()).isEqualTo("/interaction/consent");

    assertThat(browser.open("consent", txn).body()).doesNotContain("Ana");
    assertNothingIsShared(browser.allow(txn, List.of("patient/Observation.rs")));
  }

  @Test
  void anAppForAllRecordsOfItsUserIsToldWhoTheyAreAndOfNoPatient() throws Exception {
    var txn = arrive("openid fhirUser user/Goal.rs");

    assertThat(signedIn(txn, "4711").path()).isEqualTo("/interaction/consent");

    assertThat(browser.open("consent", txn).body())
        .contains("Kim Roe", "every record that you can open")
        .doesNotContain("Ana");
    var tokens = redeemed(browser.allow(txn, List.of("user/Goal.rs")));
    assertThat(tokens.json()).doesNotContainKey("patient");
    assertThat(SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet().getClaims())
        .containsEntry("fhirUser", at.fhir().base() + "/Practitioner/roe")
        .doesNotContainKey("patient");
  }

  @Test
  void whoIsAPatientTooSharesTheirOwnRecordAndNoOther() throws Exception {
    at.fhir().with(patient("kim", "4711", "Kim"));
    var txn = arrive(PortalDeployment.SCOPE);

    assertThat(signedIn(txn, "4711").path()).isEqualTo("/interaction/consent");

    var another = arrive(PortalDeployment.SCOPE);
    browser.open("sign-in", another);
    assertNothingIsShared(post("patient", another, "patient", "ana"));
    var tokens = redeemed(browser.allow(txn, List.of("patient/Observation.rs")));
    assertThat(tokens.text("patient")).isEqualTo("kim");
    assertThat(SignedJWT.parse(tokens.text("id_token")).getJWTClaimsSet().getClaims())
        .containsEntry("fhirUser", at.fhir().base() + "/Patient/kim");
    var launched = opened("launch openid patient/Observation.rs", "ana", "4711");
    browser.open("sign-in", launched);
    assertNothingIsShared(browser.allow(launched, List.of("patient/Observation.rs")));
  }

  private static void assertNothingIsShared(TestBrowser.Answer answer) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("You cannot share this record");
  }

  private String arrive(String scope) {
    return browser.arrive(
        TestClients.NATIVE.value(),
        TestClients.NATIVE_REDIRECT,
        scope,
        "code_challenge",
        SecretHash.of(Grants.VERIFIER).value());
  }

  /// Goes to the portal and comes back.
  private TestBrowser.Answer signedIn(String txn, String subject) {
    var away = PortalDeployment.query(browser.open("sign-in", txn).location());
    at.comesBack(subject, away.get("nonce").orElseThrow());
    return PortalDeployment.answer(
        wiring, browser, "code=any&state=" + away.get("state").orElseThrow());
  }

  /// An EHR opens the app for its user, and the browser arrives from there.
  private String opened(String scope, String patient, String subject) {
    var opening = new AppOpening(wiring.stores().launches(), wiring.identity(), wiring.entropy());
    var launch = new Launch(at.subject(subject), new LaunchContext(patient));
    var now = at.fhir().local().clock().instant();
    var address = opening.open(TestClients.browserApp(), launch, now).orElseThrow();
    return browser.arrive(
        TestClients.BROWSER.value(),
        TestClients.BROWSER_REDIRECT,
        scope,
        "launch",
        Objects.requireNonNull(Asking.query(address).get("launch")));
  }

  /// Posts a form that no page offered.
  private TestBrowser.Answer post(String step, String txn, String... fields) {
    var session = browser.cookie(Cookies.SESSION);
    return browser.post(step, txn, CsrfToken.of(session, txn), fields);
  }

  private Call.Answer redeemed(TestBrowser.Answer answer) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", Objects.requireNonNull(answer.parameter("code")))
        .with("redirect_uri", TestClients.NATIVE_REDIRECT)
        .with("code_verifier", Grants.VERIFIER)
        .with("client_id", TestClients.NATIVE.value())
        .to(new TokenFunction(wiring));
  }
}
