package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.TestBrowser.Answer;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An app that no EHR opened asks for which visit it is used (`launch/encounter`).
class EncounterChoiceTest implements RecentEncounters {
  private static final String SCOPE =
      "openid online_access launch/patient launch/encounter patient/Encounter.rs"
          + " patient/Goal.rs";

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.browserApp())
          .seed(TestUsers.ana())
          .seed(TestUsers.ben())
          .seed(TestUsers.drRoe());
  private final Wiring wiring =
      local.wiring().withConsent(new ConsentSettings(RecordCounts.NONE, this, false));
  private final TestBrowser browser = new TestBrowser(wiring);
  private final TokenFunction tokens = new TokenFunction(wiring);

  private final List<String> asked = new ArrayList<>();
  private final Map<String, List<Entry>> known =
      new HashMap<>(
          Map.of(
              "ana",
              List.of(
                  new Entry(
                      "ana-2", "2026-06-17T20:03:06+02:00", "Check up", "<Clinic>", "Dr. Roe"),
                  new Entry("ana-1", "2025", "", "", "")),
              "mia",
              List.of(new Entry("mia-1", "2026-01-02", "Fever", "", ""))));

  @Override
  public List<Entry> of(String patient, String fhirUser) {
    asked.add(patient + " for " + fhirUser);
    return known.getOrDefault(patient, List.of());
  }

  private String arrived(String scope, String... more) {
    return browser.arrive(
        TestClients.BROWSER.value(), TestClients.BROWSER_REDIRECT, scope, withChallenge(more));
  }

  private static String[] withChallenge(String... more) {
    var all = new ArrayList<>(List.of(more));
    all.add("code_challenge");
    all.add(SecretHash.of(Grants.VERIFIER).value());
    return all.toArray(String[]::new);
  }

  private Answer signIn(String txn, String username) {
    return browser.submit("sign-in", txn, "username", username, "password", TestUsers.PASSWORD);
  }

  private String signedIn(String scope, String username) {
    var txn = arrived(scope);
    signIn(txn, username);
    return txn;
  }

  private Call.Answer exchanged(Answer allowed) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", Objects.requireNonNull(allowed.parameter("code")))
        .with("redirect_uri", TestClients.BROWSER_REDIRECT)
        .with("code_verifier", Grants.VERIFIER)
        .with("client_id", TestClients.BROWSER.value())
        .to(tokens);
  }

  private Call.Answer allowed(String txn) {
    return exchanged(browser.allow(txn, browser.open("consent", txn).ticked()));
  }

  @Test
  void con5_theUserChoosesOneOfThePatientsVisitsAfterSignIn() {
    var txn = arrived(SCOPE);
    assertThat(signIn(txn, "ana").path()).isEqualTo("/interaction/encounter");

    var page = browser.open("encounter", txn);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.inputs("encounter")).containsExactly("ana-2", "ana-1", "_none");
    assertThat(page.body())
        .contains("<h1>Which visit?</h1>", "Recent visits of <bdi>Ana Silva</bdi></legend>")
        .contains("<strong>17 June 2026, 20:03</strong>", "Check up · &lt;Clinic&gt; · Dr. Roe")
        .contains("<strong>2025</strong>", "<strong>No visit</strong>")
        .doesNotContain(" checked");
    assertThat(asked).containsOnly("ana for Patient/ana");
  }

  @Test
  void con4_thePageIsInTheLanguageOfTheUser() {
    browser.sending("accept-language", "es");
    var txn = signedIn(SCOPE, "ana");

    assertThat(browser.open("encounter", txn).body())
        .contains("<html lang=\"es\">", "<h1>¿Para qué consulta?</h1>", "Ninguna consulta")
        .contains("<strong>17 de junio de 2026, 20:03</strong>");
    assertThat(browser.submit("encounter", txn).body()).contains("Elija una de estas consultas");
    browser.submit("encounter", txn, "encounter", "ana-1");
    assertThat(browser.open("consent", txn).body()).contains("Para qué consulta", "elegir otra");
  }

  @Test
  void lch5_theChosenVisitStandsBesideTheAccessToken() {
    var txn = signedIn(SCOPE, "ana");
    assertThat(browser.submit("encounter", txn, "encounter", "ana-2").path())
        .isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body())
        .contains("href=\"/interaction/encounter?txn=" + txn, "choose another")
        .contains("which entry was open or chosen when it was started (visits");

    var answer = allowed(txn);

    assertThat(answer.json())
        .containsEntry("patient", "ana")
        .containsEntry("encounter", "ana-2")
        .containsEntry("scope", SCOPE)
        .doesNotContainKeys("need_patient_banner", "fhirContext", "intent");
  }

  @Test
  void lch10_refreshAndIntrospectionRepeatTheChosenVisit() {
    var txn = signedIn(SCOPE, "ana");
    browser.submit("encounter", txn, "encounter", "ana-2");
    var first = allowed(txn);
    known.clear();

    var refreshed =
        new Grants(local)
            .browserRefresh(first.text("refresh_token"))
            .with("scope", "online_access patient/Goal.rs")
            .to(tokens);
    var introspected =
        Call.post("/introspect")
            .header("authorization", "Bearer " + refreshed.text("access_token"))
            .with("token", refreshed.text("access_token"))
            .to(new IntrospectFunction(wiring));

    assertThat(refreshed.json())
        .containsEntry("patient", "ana")
        .containsEntry("encounter", "ana-2");
    assertThat(introspected.json())
        .containsEntry("active", true)
        .containsEntry("encounter", "ana-2");
  }

  @Test
  void noVisitLeavesTheScopeOut() {
    var txn = signedIn(SCOPE, "ana");
    browser.submit("encounter", txn, "encounter", "ana-2");
    assertThat(browser.open("encounter", txn).body()).contains("value=\"ana-2\" checked");
    assertThat(browser.submit("encounter", txn, "encounter", "_none").path())
        .isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body()).doesNotContain("choose another", "or chosen");

    assertToldOfNoVisit(allowed(txn));
  }

  @Test
  void whoGoesPastThePageHasChosenNoVisit() {
    var txn = signedIn(SCOPE, "ana");

    assertToldOfNoVisit(allowed(txn));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mia-1", "ana-3", "ANA-2", "Encounter/ana-2", "ana-2 ", "_None", "../x"})
  void aVisitThatIsNotListedIsRefused(String encounter) {
    var txn = signedIn(SCOPE, "ana");

    var answer = browser.submit("encounter", txn, "encounter", encounter);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("role=\"alert\">That visit cannot be chosen.");
    assertToldOfNoVisit(allowed(txn));
  }

  @Test
  void noAnswerIsAskedForAgain() {
    var txn = signedIn(SCOPE, "ana");

    var answer = browser.submit("encounter", txn);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("role=\"alert\">Choose one of these visits, or no visit.");
  }

  @Test
  void aVisitThatCannotBeListedAnyMoreIsNotChosen() {
    var txn = signedIn(SCOPE, "ana");
    var csrf = browser.open("encounter", txn).inputs("csrf").getFirst();
    known.clear();

    assertThat(browser.post("encounter", txn, csrf, "encounter", "ana-2").path())
        .isEqualTo("/interaction/consent");

    assertToldOfNoVisit(allowed(txn));
  }

  @Test
  void aFormOfSomebodyElseChoosesNothing() {
    var txn = signedIn(SCOPE, "ana");

    assertThat(browser.post("encounter", txn, "forged", "encounter", "ana-2").status())
        .isEqualTo(403);

    assertToldOfNoVisit(allowed(txn));
  }

  @Test
  void con5_whoHasNoVisitsIsNotAsked() {
    var txn = signedIn(SCOPE, "ben");
    assertThat(browser.submit("patient", txn, "patient", "ben").path())
        .isEqualTo("/interaction/encounter");

    assertThat(browser.open("encounter", txn).path()).isEqualTo("/interaction/consent");

    assertToldOfNoVisit(allowed(txn));
  }

  @Test
  void theVisitsAreThoseOfTheChosenPatientAndGoWithThem() {
    var txn = signedIn(SCOPE, "ben");
    assertThat(browser.open("encounter", txn).path()).isEqualTo("/interaction/patient");
    browser.submit("patient", txn, "patient", "mia");
    assertThat(browser.open("encounter", txn).inputs("encounter"))
        .containsExactly("mia-1", "_none");
    assertThat(asked).containsOnly("mia for RelatedPerson/ben");
    browser.submit("encounter", txn, "encounter", "mia-1");

    browser.submit("patient", txn, "patient", "ben");

    var answer = allowed(txn);
    assertThat(answer.json()).containsEntry("patient", "ben");
    assertToldOfNoVisit(answer);
  }

  @Test
  void aPatientWhoIsNoLongerTheUsersHasNoVisitsToChoose() {
    var txn = signedIn(SCOPE, "ben");
    browser.submit("patient", txn, "patient", "mia");
    local.seed(TestUsers.benForHimself());

    assertThat(browser.open("encounter", txn).status()).isEqualTo(403);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "launch/patient launch/encounter openid",
        "launch/encounter patient/Goal.rs",
        "launch/encounter patient/Encounter.s",
        "launch/patient patient/Encounter.rs launch/imagingstudy"
      })
  void lch8_whoAsksForNoVisitOrCouldNotReadItIsToldOfNone(String scope) {
    var txn = signedIn(scope, "ana");

    assertThat(browser.open("encounter", txn).path()).isEqualTo("/interaction/consent");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "launch/encounter patient/*.read",
        "launch/encounter patient/Encounter.r",
        "launch/encounter?role=launch patient/*.rs"
      })
  void lch8_whoeverMayReadVisitsMayAskForOne(String scope) {
    var txn = signedIn(scope, "ana");

    assertThat(browser.open("encounter", txn).inputs("encounter")).contains("ana-1");
  }

  @Test
  void lch5_anAppThatTheUserKeepsVisitsFromIsToldOfNone() {
    var txn = signedIn(SCOPE, "ana");
    browser.submit("encounter", txn, "encounter", "ana-2");

    var answer = exchanged(browser.allow(txn, List.of("patient/Goal.rs")));

    assertThat(answer.text("scope")).isEqualTo("openid launch/patient patient/Goal.rs");
    assertToldOfNoVisit(answer);
  }

  private static void assertToldOfNoVisit(Call.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).doesNotContainKey("encounter");
    assertThat(answer.text("scope")).doesNotContain("launch/encounter");
  }
}
