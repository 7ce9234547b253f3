package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.client.GrantType;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestScopes;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.scope.RecordType;
import dev.latchkey.secret.SecretHash;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentTest {
  private static final String OBSERVATIONS = "patient/Observation.rs";
  private static final String CONDITIONS = "patient/Condition.rs";
  private static final String SCOPE =
      "launch/patient openid fhirUser offline_access " + OBSERVATIONS + " " + CONDITIONS;

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.nativeApp())
          .seed(TestClients.webApp())
          .seed(TestClients.browserApp())
          .seed(TestClients.claimedApp())
          .seed(TestClients.dpopApp())
          .seed(TestUsers.ana());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  private String signedIn(String scope) {
    return browser.signIn(scope, "ana", TestUsers.PASSWORD);
  }

  private String signedIn(String client, String redirectUri, String scope) {
    var txn = browser.arrive(client, redirectUri, scope);
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    return txn;
  }

  private CodeBinding granted(TestBrowser.Answer answer) {
    var code = Objects.requireNonNull(answer.parameter("code"));
    return local.wiring().stores().codes().find(SecretHash.of(code)).orElseThrow();
  }

  @Test
  void thePageSaysWhatWhoWhoseHowLongAndHowToTakeItBack() {
    var page = browser.open("consent", signedIn(SCOPE));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("Signed in as <strong><bdi>Ana Silva</bdi>", "Not you?")
        .contains("Allow <bdi>Test Native</bdi> to see this record?", "An app for tests.")
        .contains("yourself, born 29 February 1984")
        .contains("runs on your own phone or computer", "We cannot verify who made this app")
        .contains("an app on this device (127.0.0.1)")
        .contains(
            "Lab results, vital signs and social history",
            "<span class=\"does\">— all of it, read and search</span>")
        .contains("Keep access while you are signed in here", "At most 8 hours", "for 15 minutes")
        .contains("access ends by itself after 10 minutes")
        .contains("Know whose record this is", "How to take it back", "added later")
        .contains("name=\"decision\" value=\"allow\"", "name=\"decision\" value=\"deny\"");
  }

  @Test
  void anAppThatMayProveAKeyIsPromisedNoMoreThanThat() {
    var page = browser.open("consent", signedIn("offline_access " + OBSERVATIONS));

    assertThat(page.body())
        .contains("with a key that stays on this device", "until 1 April 2037")
        .doesNotContain("Keep access when you are away");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test-browser", "test-claimed", "test-dpop"})
  void anAppThatMayHaveLongAccessSaysForHowLong(String client) {
    var redirectUri =
        client.equals("test-dpop") ? TestClients.NATIVE_REDIRECT : TestClients.BROWSER_REDIRECT;
    var page = browser.open("consent", signedIn(client, redirectUri, "offline_access"));

    assertThat(page.body())
        .contains("Keep access when you are away", "Until 1 April 2037")
        .contains(client.equals("test-browser") ? "for 30 days" : "for 100 days")
        .doesNotContain("At most 8 hours");
  }

  @Test
  void anAppThatNamesItsKeySaysForHowLong() {
    var key = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    var txn =
        browser.arrive(
            TestClients.NATIVE.value(),
            TestClients.NATIVE_REDIRECT,
            "offline_access",
            "dpop_jkt",
            key);
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);

    assertThat(browser.open("consent", txn).body())
        .contains("Keep access when you are away", "Until 1 April 2037", "for 100 days")
        .doesNotContain("At most 8 hours");
  }

  @Test
  void everyBoxIsTickedAndCarriesTheScopeAsTheAppSpelledIt() {
    var page =
        browser.open(
            "consent",
            signedIn("openid offline_access online_access patient/Goal.read patient/Device.rs"));

    assertThat(page.inputs("scope"))
        .containsExactly(
            "patient/Goal.read", "patient/Device.rs", "offline_access", "online_access")
        .isEqualTo(page.ticked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rs", "read", "cruds", "*", "r"})
  void sco7_aWildcardIsOneBoxPerType(String suffix) {
    var page = browser.open("consent", signedIn("patient/*." + suffix));

    assertThat(page.inputs("scope").stream().filter(scope -> !scope.contains("?")))
        .containsExactlyElementsOf(
            RecordType.ofWildcard()
                .map(type -> "patient/" + type.fhirName() + "." + suffix)
                .toList());
  }

  @Test
  void twoSpellingsOfOneThingAreOneBoxAndGrantedOrRefusedTogether() {
    var scope = "patient/Goal.read patient/Goal.rs patient/Goal.c " + CONDITIONS;
    var txn = signedIn(scope);
    assertThat(browser.open("consent", txn).ticked())
        .containsExactly("patient/Goal.read", "patient/Goal.c", CONDITIONS);

    var all = browser.allow(txn, browser.open("consent", txn).ticked());
    assertThat(granted(all).scopes().spelled()).isEqualTo(scope);

    var some = browser.allow(signedInAgain(scope), List.of(CONDITIONS));
    assertThat(granted(some).scopes().spelled()).isEqualTo(CONDITIONS);
  }

  private String signedInAgain(String scope) {
    var txn = browser.arrive(scope);
    browser.open("sign-in", txn);
    return txn;
  }

  @Test
  void allowSendsACodeStateAndIssuer() {
    var txn = signedIn(SCOPE);

    var answer = browser.allow(txn, List.of(OBSERVATIONS, CONDITIONS, "offline_access"));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location()).startsWith("http://127.0.0.1:51004/callback?");
    assertThat(answer.parameter("state")).isEqualTo("a state/&ü");
    assertThat(answer.parameter("iss")).isEqualTo(LocalWiring.ISSUER);
    assertThat(answer.parameter("error")).isNull();
    var code = granted(answer);
    assertThat(code.scopes().spelled()).isEqualTo(SCOPE);
    assertThat(code.subject()).isEqualTo(TestUsers.ana().subject());
    assertThat(code.fhirUser()).isEqualTo("Patient/ana");
    assertThat(code.authenticatedAt()).isEqualTo(local.clock().seconds());
    assertThat(code.codeChallenge()).isEqualTo(TestBrowser.CHALLENGE);
  }

  @Test
  void untickingOneTypeGrantsTheRest() {
    var answer = browser.allow(signedIn(SCOPE), List.of(OBSERVATIONS, "offline_access"));

    assertThat(granted(answer).scopes().spelled())
        .isEqualTo("launch/patient openid fhirUser offline_access " + OBSERVATIONS);
  }

  @Test
  void con3_offlineAccessIsAChoiceOfItsOwn() {
    var answer = browser.allow(signedIn(SCOPE), List.of(OBSERVATIONS, CONDITIONS));

    assertThat(granted(answer).scopes().spelled())
        .isEqualTo("launch/patient openid fhirUser " + OBSERVATIONS + " " + CONDITIONS);
  }

  @Test
  void lastingAccessIsNotOfferedToAnAppThatCannotRefresh() {
    var web = TestClients.webApp().withGrantTypes(EnumSet.of(GrantType.AUTHORIZATION_CODE));
    local.seed(TestClients.hashed(web, local.wiring().secretHashing()));
    var asked = "launch/patient offline_access online_access " + OBSERVATIONS;
    var txn = signedIn(web.id().value(), TestClients.WEB_REDIRECT, asked);
    assertThat(browser.open("consent", txn).inputs("scope"))
        .contains(OBSERVATIONS)
        .doesNotContain("offline_access", "online_access");

    var answer = browser.allow(txn, List.of(OBSERVATIONS));

    assertThat(granted(answer).scopes().spelled()).isEqualTo("launch/patient " + OBSERVATIONS);
  }

  @Test
  void aWildcardWithEveryTypeTickedGrantsTheTypesAndNotTheWildcard() {
    var txn = signedIn("launch/patient patient/*.read");

    var answer = browser.allow(txn, browser.open("consent", txn).inputs("scope"));

    assertThat(granted(answer).scopes().spelled())
        .startsWith("launch/patient patient/Patient.read patient/AllergyIntolerance.read ")
        .doesNotContain("*");
  }

  @Test
  void denialIsToldToTheAppAndLeavesNoCode() {
    var txn = signedIn(SCOPE);
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
    var answer = browser.allow(signedIn(SCOPE), ticked.isEmpty() ? List.of() : List.of(ticked));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.parameter("error")).isEqualTo("access_denied");
    assertThat(answer.parameter("code")).isNull();
  }

  @Test
  void anAppThatAsksForNoDataGetsWhatItAskedFor() {
    var page = browser.open("consent", signedIn("openid fhirUser"));
    assertThat(page.ticked()).isEmpty();
    assertThat(page.body())
        .contains("The app does not ask for lasting access")
        .contains("Allow <bdi>Test Native</bdi> to know who you are?");

    var answer = browser.allow(signedInAgain("openid fhirUser"), List.of());
    assertThat(granted(answer).scopes().spelled()).isEqualTo("openid fhirUser");
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
    var txn = signedIn(SCOPE);

    var answer = browser.allow(txn, List.of(OBSERVATIONS, added));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(answer.body()).contains("The form was changed");
    assertThat(browser.open("consent", txn).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "ALLOW", "Allow"})
  void withoutAButtonNothingIsDecided(String decision) {
    var txn = signedIn(SCOPE);

    var answer = browser.submit("consent", txn, "scope", OBSERVATIONS, "decision", decision);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(browser.open("consent", txn).status()).isEqualTo(200);
  }

  @Test
  void twoDecisionsAreReadAsABrokenForm() {
    var txn = signedIn(SCOPE);

    var answer =
        browser.submit(
            "consent", txn, "decision", "deny", "scope", OBSERVATIONS, "decision", "allow");

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void aSecondAnswerGetsNoSecondCode() {
    var txn = signedIn(SCOPE);
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
  void aConfidentialAppIsDescribedAsOneThatProvesItself() {
    var txn = signedIn("test-web", TestClients.WEB_REDIRECT, SCOPE);

    assertThat(browser.open("consent", txn).body())
        .contains("runs on its developer’s server", "It proves to us with a secret")
        .contains("web.example", "Until you take it back", "for 100 days", "after 60 minutes")
        .doesNotContain("cannot verify");
  }

  @Test
  void aBrowserAppIsDescribedWithTheSiteThatGetsTheAnswer() {
    var txn = signedIn("test-browser", TestClients.BROWSER_REDIRECT, SCOPE);

    assertThat(browser.open("consent", txn).body())
        .contains("runs in your web browser", "cannot verify", "<dd>app.example</dd>");
  }

  @Test
  void whatLetsTheAppAlterTheRecordIsMarked() {
    var page = browser.open("consent", signedIn("patient/Goal.cruds " + OBSERVATIONS));

    assertThat(page.body())
        .contains("read, search, add, change and delete")
        .contains("Allow <bdi>Test Native</bdi> to see and alter this record?")
        .containsOnlyOnce("can alter the record");
  }

  @Test
  void hundredsOfScopesStillFitIntoTheForm() {
    var wanted = TestScopes.many();
    var txn = signedIn(wanted.spelled());
    var ticked = browser.open("consent", txn).inputs("scope");
    assertThat(ticked).hasSizeGreaterThan(700);

    var answer = browser.allow(txn, ticked);

    assertThat(granted(answer).scopes()).isEqualTo(wanted);
  }
}
