package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.User;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestLaunches;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.TestBrowser.Answer;
import dev.latchkey.launch.AppOpening;
import dev.latchkey.launch.Launch;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.SecretHash;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirements LCH-1 to LCH-10: an EHR opens an app, and the app asks for access.
class EhrLaunchTest {
  private static final String SCOPE =
      "launch openid fhirUser online_access patient/Patient.rs patient/Observation.rs";

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.browserApp())
          .seed(TestClients.nativeApp())
          .seed(TestUsers.ana())
          .seed(TestUsers.drRoe());
  private final AppOpening opening =
      new AppOpening(
          local.wiring().stores().launches(), local.wiring().identity(), local.wiring().entropy());
  private final TestBrowser browser = new TestBrowser(local.wiring());
  private final TokenFunction tokens = new TokenFunction(local.wiring());

  /// Where the EHR sends the browser.
  private String opened(LaunchContext context, User user) {
    return opening
        .open(
            TestClients.browserApp(), new Launch(user.subject(), context), local.clock().instant())
        .orElseThrow();
  }

  private String handle(LaunchContext context) {
    return Objects.requireNonNull(query(opened(context, TestUsers.drRoe())).get("launch"));
  }

  private Answer authorize(String scope, Map<String, String> more) {
    return browser.authorize(
        TestClients.BROWSER.value(), TestClients.BROWSER_REDIRECT, scope, more);
  }

  private String signedIn(String scope, String launch) {
    var answer = authorize(scope, Map.of("launch", launch, "code_challenge", challenge()));
    var txn = Objects.requireNonNull(answer.parameter("txn"));
    browser.submit("sign-in", txn, "username", "roe", "password", TestUsers.PASSWORD);
    return txn;
  }

  private Call.Answer connected(String scope, String launch) {
    var txn = signedIn(scope, launch);
    var answer = browser.allow(txn, browser.open("consent", txn).ticked());
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", Objects.requireNonNull(answer.parameter("code")))
        .with("redirect_uri", TestClients.BROWSER_REDIRECT)
        .with("code_verifier", Grants.VERIFIER)
        .with("client_id", TestClients.BROWSER.value())
        .to(tokens);
  }

  private static String challenge() {
    return SecretHash.of(Grants.VERIFIER).value();
  }

  @Test
  void lch1_theBrowserGoesToTheRegisteredAddressWithTheFhirBaseAndAHandle() {
    var address = opened(TestLaunches.full(), TestUsers.drRoe());

    assertThat(address).startsWith("https://app.example/launch?tenant=a&iss=");
    assertThat(query(address)).containsEntry("iss", LocalWiring.ISSUER + "/fhir");
    assertThat(query(address).get("launch")).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void lch1_anAppWithoutARegisteredAddressIsNotOpened() {
    assertThat(
            opening.open(
                TestClients.nativeApp(),
                new Launch("sub", TestLaunches.full()),
                local.clock().instant()))
        .isEmpty();
  }

  @Test
  void lch5_theContextStandsBesideTheAccessToken() {
    assertThat(connected(SCOPE, handle(TestLaunches.full())).json())
        .containsEntry("patient", "ana")
        .containsEntry("encounter", "enc-1")
        .containsEntry("need_patient_banner", false)
        .containsEntry("smart_style_url", "https://ehr.example/style-1.json")
        .containsKey("fhirContext")
        .hasEntrySatisfying(
            "scope", scope -> assertThat(scope.toString().split(" ")).contains("launch"));
  }

  @Test
  void lch9_intentAndTenantReachTheAppAsTheEhrGaveThem() {
    assertThat(connected(SCOPE, handle(TestLaunches.full())).json())
        .containsEntry("intent", "reconcile 𝔘 '\"\\ medications")
        .containsEntry("tenant", "ward-☃");
  }

  @Test
  void lch1_theAppContextOfALaunchTaskReachesTheAppAsItWasWritten() {
    assertThat(connected(SCOPE, handle(TestLaunches.full())).json())
        .containsEntry("appContext", "{\"card\": \"\\n☃\", \"x\": 'y'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "launch/encounter",
        "launch/imagingstudy",
        "launch/list",
        "launch/list?role=https://ehr.example/role/worklist",
        "launch/list?role=https://ehr.example/role/that-nobody-knows"
      })
  void lch8_aTypeThatWasOpenIsGrantedInTheAppsSpellingAndTold(String scope) {
    var answer = connected(SCOPE + " " + scope, handle(TestLaunches.full()));

    assertThat(answer.text("scope").split(" ")).contains("launch", scope);
    assertThat(answer.json()).containsAllEntriesOf(TestLaunches.full().members());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"launch/questionnaire", "launch/unicorn?role=launch", "launch/X", "launch/"})
  void lch8_aTypeThatWasNotOpenOrIsUnknownIsLeftOutOfTheGrant(String scope) {
    var answer = connected(SCOPE + " " + scope, handle(TestLaunches.full()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("scope").split(" ")).contains("launch").doesNotContain(scope);
  }

  @Test
  void lch8_aRefreshBringsBackNothingThatWasLeftOut() {
    var opened = connected(SCOPE + " launch/encounter launch/unicorn", handle(TestLaunches.full()));
    var grants = new Grants(local);

    var more =
        grants
            .browserRefresh(opened.text("refresh_token"))
            .with("scope", "launch online_access launch/unicorn")
            .to(tokens);
    var same =
        grants
            .browserRefresh(opened.text("refresh_token"))
            .with("scope", "launch online_access launch/encounter")
            .to(tokens);

    assertThat(more.status()).isEqualTo(400);
    assertThat(more.text("error")).isEqualTo("invalid_scope");
    assertThat(same.text("scope")).isEqualTo("launch online_access launch/encounter");
  }

  @Test
  void lch8_thePatientReadsOnlyOfWhatWasOpen() {
    var txn =
        signedIn(
            SCOPE + " launch/encounter launch/imagingstudy launch/unicorn",
            handle(new LaunchContext("ana", "enc-1", List.of(), null, null, null, null)));

    assertThat(browser.open("consent", txn).body())
        .contains("which entry was open or chosen when it was started (visits and hospital stays)")
        .doesNotContain("what else was open", "unicorn");
  }

  @Test
  void lch8_anAppThatNoEhrOpenedIsToldOfNothingOpen() {
    var answer = authorize(SCOPE + " launch/encounter", Map.of());
    var txn = Objects.requireNonNull(answer.parameter("txn"));
    browser.submit("sign-in", txn, "username", "roe", "password", TestUsers.PASSWORD);
    browser.submit("patient", txn, "patient", "mia");

    assertThat(browser.open("consent", txn).body()).doesNotContain("was open");
    assertRefused(authorize("launch/encounter launch/list", Map.of()), "invalid_scope");
  }

  @Test
  void lch8_withoutTheScopeLaunchTheOtherOnesSayNothing() {
    var handle = handle(TestLaunches.full());

    assertRefused(authorize("launch/encounter", Map.of("launch", handle)), "invalid_scope");
    assertThat(authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();
  }

  @Test
  void lch10_refreshAndIntrospectionRepeatTheContextUnderNarrowerScopes() {
    var first = connected(SCOPE, handle(TestLaunches.full()));
    var context = TestLaunches.full().members();

    var refreshed =
        new Grants(local)
            .browserRefresh(first.text("refresh_token"))
            .with("scope", "online_access patient/Patient.rs")
            .to(tokens);
    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(refreshed.json()).containsAllEntriesOf(context);

    var introspected =
        Call.post("/introspect")
            .header("authorization", "Bearer " + refreshed.text("access_token"))
            .with("token", refreshed.text("access_token"))
            .to(new IntrospectFunction(local.wiring()));
    assertThat(introspected.json()).containsEntry("active", true).containsAllEntriesOf(context);
  }

  @Test
  void lch2_aUsedHandleIsRefused() {
    var handle = handle(TestLaunches.full());
    assertThat(authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();

    assertRefused(authorize(SCOPE, Map.of("launch", handle)));
  }

  @Test
  void lch2_anOldHandleIsRefused() {
    var handle = handle(TestLaunches.full());
    local.clock().advance(Lifetimes.LAUNCH);

    assertRefused(authorize(SCOPE, Map.of("launch", handle)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "x", "ana", "\u0000", "launch launch"})
  void lch2_anUnknownHandleIsRefused(String handle) {
    assertRefused(authorize(SCOPE, Map.of("launch", handle)));
  }

  @Test
  void lch2_aHandleOfAnotherAppIsRefusedAndStaysGoodForItsOwn() {
    var handle = handle(TestLaunches.full());

    assertRefused(
        browser.authorize(
            TestClients.NATIVE.value(),
            "http://127.0.0.1:51004/callback",
            SCOPE,
            Map.of("launch", handle)));
    assertThat(authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();
  }

  @Test
  void lch2_anotherUserIsRefusedAtSignIn() {
    var answer = authorize(SCOPE, Map.of("launch", handle(TestLaunches.full())));
    var txn = Objects.requireNonNull(answer.parameter("txn"));

    var page = browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.body()).contains("Somebody else opened this app");
    assertThat(page.headers()).doesNotContainKey("location");
    assertThat(browser.cookies()).doesNotContainKey("__Host-latchkey-session");
  }

  @Test
  void lch2_anotherUserWhoIsSignedInAlreadyIsRefused() {
    browser.signIn("openid", "ana", TestUsers.PASSWORD);
    var answer = authorize(SCOPE, Map.of("launch", handle(TestLaunches.full())));
    var txn = Objects.requireNonNull(answer.parameter("txn"));

    assertThat(browser.open("sign-in", txn).status()).isEqualTo(403);
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/sign-in");
  }

  @Test
  void lch2_aForeignAudienceDoesNotUseTheHandleUp() {
    var handle = handle(TestLaunches.full());

    var foreign = authorize(SCOPE, Map.of("launch", handle, "aud", "https://evil.example/fhir"));

    assertRefused(foreign);
    assertThat(authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();
  }

  @Test
  void lch3_withoutTheScopeTheHandleSaysNothingAndStaysUnused() {
    var handle = handle(TestLaunches.full());
    var txn = signedIn("openid patient/Observation.rs", handle);

    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/patient");
    assertThat(browser.open("patient", txn).inputs("patient")).containsExactly("ana", "mia");
    assertThat(authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();
  }

  @Test
  void lch3_withoutAHandleTheScopeIsLeftOut() {
    var answer = authorize(SCOPE, Map.of());
    var txn = Objects.requireNonNull(answer.parameter("txn"));
    browser.submit("sign-in", txn, "username", "roe", "password", TestUsers.PASSWORD);

    assertThat(browser.open("patient", txn).inputs("patient")).containsExactly("ana", "mia");
    browser.submit("patient", txn, "patient", "mia");
    assertThat(browser.open("consent", txn).body()).doesNotContain("what was open");
    assertRefused(authorize("launch", Map.of()), "invalid_scope");
  }

  @Test
  void lch4_aLaunchWithoutAPatientEndsInAChoiceWhenDataIsAskedFor() {
    var txn = signedIn(SCOPE, handle(LaunchContext.none()));

    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/patient");
    browser.submit("patient", txn, "patient", "mia");
    var code = browser.allow(txn, List.of("patient/Observation.rs")).parameter("code");
    assertThat(code).isNotNull();
  }

  @Test
  void lch4_thePatientOfTheEhrCannotBeChanged() {
    var txn = signedIn(SCOPE, handle(TestLaunches.of("ana")));

    assertThat(browser.open("patient", txn).path()).isEqualTo("/interaction/consent");
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();
    assertThat(browser.post("patient", txn, csrf, "patient", "mia").path())
        .isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body())
        .contains("<bdi>Ana Silva</bdi>")
        .doesNotContain("choose someone else");
  }

  @Test
  void lch4_aPatientWhoIsNotTheUsersIsRefusedAtTheDecision() {
    var txn = signedIn(SCOPE, handle(TestLaunches.of("ben")));

    var answer = browser.allow(txn, List.of("patient/Observation.rs"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("location");
  }

  @Test
  void aPushedRequestIsRefusedAtOnceForABadHandleAndUsesNoneUp() {
    var handle = handle(TestLaunches.full());
    var par = new ParFunction(local.wiring());

    var refused = pushed("unknown").to(par);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("error")).isEqualTo("invalid_request");

    var reference = pushed(handle).to(par).text("request_uri");
    var answer =
        browser.send(
            new AuthorizeFunction(local.wiring()),
            "GET",
            "/authorize",
            "client_id=" + TestClients.BROWSER + "&request_uri=" + reference,
            "",
            "");
    assertThat(answer.parameter("txn")).isNotNull();
  }

  private static Call pushed(String launch) {
    return Call.post("/par")
        .with("response_type", "code")
        .with("client_id", TestClients.BROWSER.value())
        .with("redirect_uri", TestClients.BROWSER_REDIRECT)
        .with("scope", SCOPE)
        .with("state", "a state")
        .with("aud", LocalWiring.ISSUER + "/fhir")
        .with("code_challenge", TestBrowser.CHALLENGE)
        .with("code_challenge_method", "S256")
        .with("launch", launch);
  }

  private static void assertRefused(Answer answer) {
    assertRefused(answer, "invalid_request");
  }

  private static void assertRefused(Answer answer, String error) {
    assertThat(answer.parameter("error")).isEqualTo(error);
    assertThat(answer.parameter("state")).isEqualTo("a state/&ü");
    assertThat(answer.parameter("code")).isNull();
  }
}
