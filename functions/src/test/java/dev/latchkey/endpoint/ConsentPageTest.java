package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.AskedPatient.OBSERVATIONS;
import static dev.latchkey.endpoint.AskedPatient.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.scope.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the consent page says of the app, of the record, and of how long the access lasts.
class ConsentPageTest {
  private final AskedPatient ana = new AskedPatient();
  private final TestBrowser browser = ana.browser();

  @Test
  void thePageSaysWhatWhoWhoseHowLongAndHowToTakeItBack() {
    var page = browser.open("consent", ana.signedIn(SCOPE));

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
    var page = browser.open("consent", ana.signedIn("offline_access " + OBSERVATIONS));

    assertThat(page.body())
        .contains("with a key that stays on this device", "until 1 April 2037")
        .doesNotContain("Keep access when you are away");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test-browser", "test-claimed", "test-dpop"})
  void anAppThatMayHaveLongAccessSaysForHowLong(String client) {
    var redirectUri =
        client.equals("test-dpop") ? TestClients.NATIVE_REDIRECT : TestClients.BROWSER_REDIRECT;
    var page = browser.open("consent", ana.signedIn(client, redirectUri, "offline_access"));

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
            ana.signedIn(
                "openid offline_access online_access patient/Goal.read patient/Device.rs"));

    assertThat(page.inputs("scope"))
        .containsExactly(
            "patient/Goal.read", "patient/Device.rs", "offline_access", "online_access")
        .isEqualTo(page.ticked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rs", "read", "cruds", "*", "r"})
  void sco7_aWildcardIsOneBoxPerType(String suffix) {
    var page = browser.open("consent", ana.signedIn("patient/*." + suffix));

    assertThat(page.inputs("scope").stream().filter(scope -> !scope.contains("?")))
        .containsExactlyElementsOf(
            RecordType.ofWildcard()
                .map(type -> "patient/" + type.fhirName() + "." + suffix)
                .toList());
  }

  @Test
  void aConfidentialAppIsDescribedAsOneThatProvesItself() {
    var txn = ana.signedIn("test-web", TestClients.WEB_REDIRECT, SCOPE);

    assertThat(browser.open("consent", txn).body())
        .contains("runs on its developer’s server", "It proves to us with a secret")
        .contains("web.example", "Until you take it back", "for 100 days", "after 60 minutes")
        .doesNotContain("cannot verify");
  }

  @Test
  void aBrowserAppIsDescribedWithTheSiteThatGetsTheAnswer() {
    var txn = ana.signedIn("test-browser", TestClients.BROWSER_REDIRECT, SCOPE);

    assertThat(browser.open("consent", txn).body())
        .contains("runs in your web browser", "cannot verify", "<dd>app.example</dd>");
  }

  @Test
  void whatLetsTheAppAlterTheRecordIsMarked() {
    var page = browser.open("consent", ana.signedIn("patient/Goal.cruds " + OBSERVATIONS));

    assertThat(page.body())
        .contains("read, search, add, change and delete")
        .contains("Allow <bdi>Test Native</bdi> to see and alter this record?")
        .containsOnlyOnce("can alter the record");
  }
}
