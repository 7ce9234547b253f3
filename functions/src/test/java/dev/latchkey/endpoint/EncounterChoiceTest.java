package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.VisitsOfTheUser.SCOPE;
import static dev.latchkey.endpoint.VisitsOfTheUser.assertToldOfNoVisit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.TestUsers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An app that no EHR opened asks for which visit it is used (`launch/encounter`).
class EncounterChoiceTest {
  private final VisitsOfTheUser visits = new VisitsOfTheUser();
  private final TestBrowser browser = visits.browser();

  @Test
  void con5_theUserChoosesOneOfThePatientsVisitsAfterSignIn() {
    var txn = visits.arrived(SCOPE);
    assertThat(visits.signIn(txn, "ana").path()).isEqualTo("/interaction/encounter");

    var page = browser.open("encounter", txn);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.inputs("encounter")).containsExactly("ana-2", "ana-1", "_none");
    assertThat(page.body())
        .contains("<h1>Which visit?</h1>", "Recent visits of <bdi>Ana Silva</bdi></legend>")
        .contains("<strong>17 June 2026, 20:03</strong>", "Check up · &lt;Clinic&gt; · Dr. Roe")
        .contains("<strong>2025</strong>", "<strong>No visit</strong>")
        .doesNotContain(" checked");
    assertThat(visits.asked()).containsOnly("ana for Patient/ana");
  }

  @Test
  void con4_thePageIsInTheLanguageOfTheUser() {
    browser.sending("accept-language", "es");
    var txn = visits.signedIn(SCOPE, "ana");

    assertThat(browser.open("encounter", txn).body())
        .contains("<html lang=\"es\">", "<h1>¿Para qué consulta?</h1>", "Ninguna consulta")
        .contains("<strong>17 de junio de 2026, 20:03</strong>");
    assertThat(browser.submit("encounter", txn).body()).contains("Elija una de estas consultas");
    browser.submit("encounter", txn, "encounter", "ana-1");
    assertThat(browser.open("consent", txn).body()).contains("Para qué consulta", "elegir otra");
  }

  @Test
  void lch5_theChosenVisitStandsBesideTheAccessToken() {
    var txn = visits.signedIn(SCOPE, "ana");
    assertThat(browser.submit("encounter", txn, "encounter", "ana-2").path())
        .isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body())
        .contains("href=\"/interaction/encounter?txn=" + txn, "choose another")
        .contains("which entry was open or chosen when it was started (visits");

    var answer = visits.allowed(txn);

    assertThat(answer.json())
        .containsEntry("patient", "ana")
        .containsEntry("encounter", "ana-2")
        .containsEntry("scope", SCOPE)
        .doesNotContainKeys("need_patient_banner", "fhirContext", "intent");
  }

  @Test
  void lch10_refreshAndIntrospectionRepeatTheChosenVisit() {
    var txn = visits.signedIn(SCOPE, "ana");
    browser.submit("encounter", txn, "encounter", "ana-2");
    var first = visits.allowed(txn);
    visits.known().clear();

    var refreshed =
        new Grants(visits.local())
            .browserRefresh(first.text("refresh_token"))
            .with("scope", "online_access patient/Goal.rs")
            .to(visits.tokens());
    var introspected =
        Call.post("/introspect")
            .header("authorization", "Bearer " + refreshed.text("access_token"))
            .with("token", refreshed.text("access_token"))
            .to(new IntrospectFunction(visits.wiring()));

    assertThat(refreshed.json())
        .containsEntry("patient", "ana")
        .containsEntry("encounter", "ana-2");
    assertThat(introspected.json())
        .containsEntry("active", true)
        .containsEntry("encounter", "ana-2");
  }

  @Test
  void theVisitsAreThoseOfTheChosenPatientAndGoWithThem() {
    var txn = visits.signedIn(SCOPE, "ben");
    assertThat(browser.open("encounter", txn).path()).isEqualTo("/interaction/patient");
    browser.submit("patient", txn, "patient", "mia");
    assertThat(browser.open("encounter", txn).inputs("encounter"))
        .containsExactly("mia-1", "_none");
    assertThat(visits.asked()).containsOnly("mia for RelatedPerson/ben");
    browser.submit("encounter", txn, "encounter", "mia-1");

    browser.submit("patient", txn, "patient", "ben");

    var answer = visits.allowed(txn);
    assertThat(answer.json()).containsEntry("patient", "ben");
    assertToldOfNoVisit(answer);
  }

  @Test
  void aPatientWhoIsNoLongerTheUsersHasNoVisitsToChoose() {
    var txn = visits.signedIn(SCOPE, "ben");
    browser.submit("patient", txn, "patient", "mia");
    visits.local().seed(TestUsers.benForHimself());

    assertThat(browser.open("encounter", txn).status()).isEqualTo(403);
    assertThat(visits.asked()).isEmpty();
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
    var txn = visits.signedIn(scope, "ana");

    assertThat(browser.open("encounter", txn).path()).isEqualTo("/interaction/consent");
    assertThat(visits.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "launch/encounter patient/*.read",
        "launch/encounter patient/Encounter.r",
        "launch/encounter?role=launch patient/*.rs"
      })
  void lch8_whoeverMayReadVisitsMayAskForOne(String scope) {
    var txn = visits.signedIn(scope, "ana");

    assertThat(browser.open("encounter", txn).inputs("encounter")).contains("ana-1");
  }
}
