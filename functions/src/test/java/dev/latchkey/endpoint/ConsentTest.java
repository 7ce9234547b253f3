package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.AskedPatient.CONDITIONS;
import static dev.latchkey.endpoint.AskedPatient.OBSERVATIONS;
import static dev.latchkey.endpoint.AskedPatient.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.GrantType;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestScopes;
import dev.latchkey.contract.TestUsers;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a patient answers on the consent page, and what the app gets for it.
class ConsentTest {
  private final AskedPatient ana = new AskedPatient();
  private final LocalWiring local = ana.local();
  private final TestBrowser browser = ana.browser();

  @Test
  void twoSpellingsOfOneThingAreOneBoxAndGrantedOrRefusedTogether() {
    var scope = "patient/Goal.read patient/Goal.rs patient/Goal.c " + CONDITIONS;
    var txn = ana.signedIn(scope);
    assertThat(browser.open("consent", txn).ticked())
        .containsExactly("patient/Goal.read", "patient/Goal.c", CONDITIONS);

    var all = browser.allow(txn, browser.open("consent", txn).ticked());
    assertThat(ana.granted(all).scopes().spelled()).isEqualTo(scope);

    var some = browser.allow(ana.signedInAgain(scope), List.of(CONDITIONS));
    assertThat(ana.granted(some).scopes().spelled()).isEqualTo(CONDITIONS);
  }

  @Test
  void allowSendsACodeStateAndIssuer() {
    var txn = ana.signedIn(SCOPE);

    var answer = browser.allow(txn, List.of(OBSERVATIONS, CONDITIONS, "offline_access"));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location()).startsWith("http://127.0.0.1:51004/callback?");
    assertThat(answer.parameter("state")).isEqualTo("a state/&ü");
    assertThat(answer.parameter("iss")).isEqualTo(LocalWiring.ISSUER);
    assertThat(answer.parameter("error")).isNull();
    var code = ana.granted(answer);
    assertThat(code.scopes().spelled()).isEqualTo(SCOPE);
    assertThat(code.subject()).isEqualTo(TestUsers.ana().subject());
    assertThat(code.fhirUser()).isEqualTo("Patient/ana");
    assertThat(code.authenticatedAt()).isEqualTo(local.clock().seconds());
    assertThat(code.codeChallenge()).isEqualTo(TestBrowser.CHALLENGE);
  }

  @Test
  void untickingOneTypeGrantsTheRest() {
    var answer = browser.allow(ana.signedIn(SCOPE), List.of(OBSERVATIONS, "offline_access"));

    assertThat(ana.granted(answer).scopes().spelled())
        .isEqualTo("launch/patient openid fhirUser offline_access " + OBSERVATIONS);
  }

  @Test
  void con3_offlineAccessIsAChoiceOfItsOwn() {
    var answer = browser.allow(ana.signedIn(SCOPE), List.of(OBSERVATIONS, CONDITIONS));

    assertThat(ana.granted(answer).scopes().spelled())
        .isEqualTo("launch/patient openid fhirUser " + OBSERVATIONS + " " + CONDITIONS);
  }

  @Test
  void lastingAccessIsNotOfferedToAnAppThatCannotRefresh() {
    var web = TestClients.webApp().withGrantTypes(EnumSet.of(GrantType.AUTHORIZATION_CODE));
    local.seed(TestClients.hashed(web, local.wiring().secretHashing()));
    var asked = "launch/patient offline_access online_access " + OBSERVATIONS;
    var txn = ana.signedIn(web.id().value(), TestClients.WEB_REDIRECT, asked);
    assertThat(browser.open("consent", txn).inputs("scope"))
        .contains(OBSERVATIONS)
        .doesNotContain("offline_access", "online_access");

    var answer = browser.allow(txn, List.of(OBSERVATIONS));

    assertThat(ana.granted(answer).scopes().spelled()).isEqualTo("launch/patient " + OBSERVATIONS);
  }

  @Test
  void aWildcardWithEveryTypeTickedGrantsTheTypesAndNotTheWildcard() {
    var txn = ana.signedIn("launch/patient patient/*.read");

    var answer = browser.allow(txn, browser.open("consent", txn).inputs("scope"));

    assertThat(ana.granted(answer).scopes().spelled())
        .startsWith("launch/patient patient/Patient.read patient/AllergyIntolerance.read ")
        .doesNotContain("*");
  }

  @Test
  void denialIsToldToTheAppAndLeavesNoCode() {
    var txn = ana.signedIn(SCOPE);
    local.calls().reset();

    var answer = browser.submit("consent", txn, "decision", "deny", "scope", OBSERVATIONS);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location()).startsWith("http://127.0.0.1:51004/callback?");
    assertThat(answer.parameter("error")).isEqualTo("access_denied");
    assertThat(answer.parameter("state")).isEqualTo("a state/&ü");
    assertThat(answer.parameter("iss")).isEqualTo(LocalWiring.ISSUER);
    assertThat(answer.parameter("code")).isNull();
    assertThat(browser.open("consent", txn).status()).isEqualTo(410);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "offline_access"})
  void sco8_allowingNoDataIsDenial(String ticked) {
    var answer = browser.allow(ana.signedIn(SCOPE), ticked.isEmpty() ? List.of() : List.of(ticked));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.parameter("error")).isEqualTo("access_denied");
    assertThat(answer.parameter("code")).isNull();
  }

  @Test
  void anAppThatAsksForNoDataGetsWhatItAskedFor() {
    var page = browser.open("consent", ana.signedIn("openid fhirUser"));
    assertThat(page.ticked()).isEmpty();
    assertThat(page.body())
        .contains("The app does not ask for lasting access")
        .contains("Allow <bdi>Test Native</bdi> to know who you are?");

    var answer = browser.allow(ana.signedInAgain("openid fhirUser"), List.of());
    assertThat(ana.granted(answer).scopes().spelled()).isEqualTo("openid fhirUser");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/Immunization.rs",
        "patient/Observation.cruds",
        "patient/Observation.read",
        "patient/*.rs",
        "user/Observation.rs",
        "online_access",
        "nonsense",
        "patient/Observation.rs patient/Condition.rs"
      })
  void sco8_aScopeThatWasNotOfferedIsRefusedAndNothingIsDecided(String added) {
    var txn = ana.signedIn(SCOPE);

    var answer = browser.allow(txn, List.of(OBSERVATIONS, added));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(answer.body()).contains("The form was changed");
    assertThat(browser.open("consent", txn).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "ALLOW", "Allow"})
  void withoutAButtonNothingIsDecided(String decision) {
    var txn = ana.signedIn(SCOPE);

    var answer = browser.submit("consent", txn, "scope", OBSERVATIONS, "decision", decision);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(browser.open("consent", txn).status()).isEqualTo(200);
  }

  @Test
  void twoDecisionsAreReadAsABrokenForm() {
    var txn = ana.signedIn(SCOPE);

    var answer =
        browser.submit(
            "consent", txn, "decision", "deny", "scope", OBSERVATIONS, "decision", "allow");

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void aSecondAnswerGetsNoSecondCode() {
    var txn = ana.signedIn(SCOPE);
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();
    browser.post("consent", txn, csrf, "decision", "allow", "scope", OBSERVATIONS);

    for (var decision : List.of("allow", "deny")) {
      var again = browser.post("consent", txn, csrf, "decision", decision, "scope", OBSERVATIONS);

      assertThat(again.status()).isEqualTo(410);
      assertThat(again.headers()).doesNotContainKey("location");
      assertThat(again.body()).contains("This request has ended");
    }
  }

  @Test
  void hundredsOfScopesStillFitIntoTheForm() {
    var wanted = TestScopes.many();
    var txn = ana.signedIn(wanted.spelled());
    var ticked = browser.open("consent", txn).inputs("scope");
    assertThat(ticked).hasSizeGreaterThan(700);

    var answer = browser.allow(txn, ticked);

    assertThat(ana.granted(answer).scopes()).isEqualTo(wanted);
  }
}
