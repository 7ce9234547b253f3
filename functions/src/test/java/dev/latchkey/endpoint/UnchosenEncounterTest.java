package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.VisitsOfTheUser.SCOPE;
import static dev.latchkey.endpoint.VisitsOfTheUser.assertToldOfNoVisit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A visit that nobody chose or could choose: the app is told of none.
class UnchosenEncounterTest {
  private final VisitsOfTheUser visits = new VisitsOfTheUser();
  private final TestBrowser browser = visits.browser();

  @Test
  void noVisitLeavesTheScopeOut() {
    var txn = visits.signedIn(SCOPE, "ana");
    browser.submit("encounter", txn, "encounter", "ana-2");
    assertThat(browser.open("encounter", txn).body()).contains("value=\"ana-2\" checked");
    assertThat(browser.submit("encounter", txn, "encounter", "_none").path())
        .isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body()).doesNotContain("choose another", "or chosen");

    assertToldOfNoVisit(visits.allowed(txn));
  }

  @Test
  void whoGoesPastThePageHasChosenNoVisit() {
    var txn = visits.signedIn(SCOPE, "ana");

    assertToldOfNoVisit(visits.allowed(txn));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mia-1", "ana-3", "ANA-2", "Encounter/ana-2", "ana-2 ", "_None", "../x"})
  void aVisitThatIsNotListedIsRefused(String encounter) {
    var txn = visits.signedIn(SCOPE, "ana");

    var answer = browser.submit("encounter", txn, "encounter", encounter);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("role=\"alert\">That visit cannot be chosen.");
    assertToldOfNoVisit(visits.allowed(txn));
  }

  @Test
  void noAnswerIsAskedForAgain() {
    var txn = visits.signedIn(SCOPE, "ana");

    var answer = browser.submit("encounter", txn);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("role=\"alert\">Choose one of these visits, or no visit.");
  }

  @Test
  void aVisitThatCannotBeListedAnyMoreIsNotChosen() {
    var txn = visits.signedIn(SCOPE, "ana");
    var csrf = browser.open("encounter", txn).inputs("csrf").getFirst();
    visits.known().clear();

    assertThat(browser.post("encounter", txn, csrf, "encounter", "ana-2").path())
        .isEqualTo("/interaction/consent");

    assertToldOfNoVisit(visits.allowed(txn));
  }

  @Test
  void aFormOfSomebodyElseChoosesNothing() {
    var txn = visits.signedIn(SCOPE, "ana");

    assertThat(browser.post("encounter", txn, "forged", "encounter", "ana-2").status())
        .isEqualTo(403);

    assertToldOfNoVisit(visits.allowed(txn));
  }

  @Test
  void con5_whoHasNoVisitsIsNotAsked() {
    var txn = visits.signedIn(SCOPE, "ben");
    assertThat(browser.submit("patient", txn, "patient", "ben").path())
        .isEqualTo("/interaction/encounter");

    assertThat(browser.open("encounter", txn).path()).isEqualTo("/interaction/consent");

    assertToldOfNoVisit(visits.allowed(txn));
  }

  @Test
  void lch5_anAppThatTheUserKeepsVisitsFromIsToldOfNone() {
    var txn = visits.signedIn(SCOPE, "ana");
    browser.submit("encounter", txn, "encounter", "ana-2");

    var answer = visits.exchanged(browser.allow(txn, List.of("patient/Goal.rs")));

    assertThat(answer.text("scope")).isEqualTo("openid launch/patient patient/Goal.rs");
    assertToldOfNoVisit(answer);
  }
}
