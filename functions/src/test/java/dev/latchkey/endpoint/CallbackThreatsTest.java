package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.assertSentBack;
import static dev.latchkey.endpoint.Asking.changed;
import static dev.latchkey.endpoint.Asking.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threats T13 to T17 and T21: what comes back to an app, how, and that nobody gets it silently.
class CallbackThreatsTest {
  private static final String DATA = "patient/Observation.rs";
  private static final String SCOPE = "launch/patient " + DATA;

  /// About 2 kB of what breaks encodings.
  private static final String STATE =
      "ü€𝄞 日本語 +&=%?#/\"'<>\\;:@%2B%00 " + "𝄞".repeat(500) + "end";

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.nativeApp())
          .seed(TestClients.browserApp())
          .seed(TestClients.webApp())
          .seed(TestUsers.ana())
          .seed(TestUsers.ben());
  private final AuthorizeFunction authorize = new AuthorizeFunction(local.wiring());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  @Test
  void t13_withoutStateThereIsNoCode() {
    var answer = Call.get("/authorize").with(changed("state", "")).to(authorize);

    assertThat(query(answer.header("location")))
        .containsEntry("error", "invalid_request")
        .containsEntry("iss", LocalWiring.ISSUER)
        .doesNotContainKeys("state", "code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow", "deny"})
  void t13_stateComesBackByteForByte(String decision) {
    var txn = signedIn("state", STATE);

    var answer = browser.submit("consent", txn, "scope", DATA, "decision", decision);

    assertThat(answer.parameter(decision.equals("allow") ? "code" : "error")).isNotBlank();
    assertThat(answer.parameter("state")).isEqualTo(STATE);
  }

  @Test
  void t13_soItDoesWithAnError() {
    var request = changed("state", STATE);
    request.put("aud", "https://elsewhere.example");

    var answer = Call.get("/authorize").with(request).to(authorize);

    assertThat(query(answer.header("location")))
        .containsEntry("error", "invalid_request")
        .containsEntry("state", STATE);
  }

  @ParameterizedTest
  @CsvSource({
    "state, '', invalid_request",
    "response_type, token, unsupported_response_type",
    "scope, nonsense, invalid_scope",
    "prompt, none, login_required",
    "request, abc, request_not_supported",
    "request_uri, https://evil.example, request_uri_not_supported",
    "resource, https://elsewhere.example/fhir, invalid_target",
  })
  void t14_everyErrorSaysWhoSentIt(String name, String value, String error) {
    var answer = Call.get("/authorize").with(changed(name, value)).to(authorize);

    assertThat(query(answer.header("location")))
        .containsEntry("error", error)
        .containsEntry("iss", LocalWiring.ISSUER);
  }

  @Test
  void t14_soDoesEveryDecisionOfThePatient() {
    var allowed = browser.allow(signedIn(), List.of(DATA));
    var nothingTicked = browser.allow(signedIn(), List.of());
    var denied = browser.submit("consent", signedIn(), "decision", "deny");

    assertThat(allowed.parameter("code")).isNotBlank();
    assertThat(nothingTicked.parameter("error")).isEqualTo("access_denied");
    assertThat(denied.parameter("error")).isEqualTo("access_denied");
    assertThat(List.of(allowed, nothingTicked, denied))
        .allSatisfy(answer -> assertThat(answer.parameter("iss")).isEqualTo(LocalWiring.ISSUER));
    assertThat(
            Call.get("/.well-known/oauth-authorization-server")
                .to(new MetadataFunction(local.wiring()))
                .json())
        .containsEntry("authorization_response_iss_parameter_supported", true)
        .containsEntry("issuer", LocalWiring.ISSUER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"test-native", "test-browser", "test-web"})
  void t15_anotherPersonsBrowserIsAskedWhateverTheFirstAllowed(String client) {
    assertThat(browser.allow(signedIn(browser, client, "ana"), List.of(DATA)).parameter("code"))
        .isNotBlank();
    var other = new TestBrowser(local.wiring());
    signedIn(other, client, "ben");

    assertIsAsked(other, client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"test-native", "test-browser", "test-web"})
  void t21_aSecondRequestIsAskedAgain(String client) {
    assertThat(browser.allow(signedIn(browser, client, "ana"), List.of(DATA)).parameter("code"))
        .isNotBlank();

    assertIsAsked(browser, client);
  }

  /// The person is signed in, and sees the name of the app and where the answer goes to.
  private static void assertIsAsked(TestBrowser browser, String client) {
    var txn = browser.arrive(client, redirectUri(client), SCOPE);

    var next = browser.open("sign-in", txn);

    assertThat(next.status()).isEqualTo(303);
    assertThat(next.path()).isIn("/interaction/consent", "/interaction/patient");
    assertThat(next.parameter("code")).isNull();
    if (next.path().endsWith("/consent")) {
      assertThat(browser.open("consent", txn).body())
          .contains("name=\"decision\" value=\"allow\"", "Allow <bdi>Test ");
    }
  }

  @Test
  void t16_noFormIsSentOnToAnApp() {
    var posted = Call.post("/authorize").with(Asking.good()).to(authorize);
    var refused = Call.post("/authorize").with(changed("scope", "nonsense")).to(authorize);
    assertThat(List.of(posted.status(), refused.status())).containsOnly(303);

    var txn = browser.arrive(SCOPE);
    var signedIn =
        browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    var allowed = browser.allow(txn, List.of(DATA));
    var denied = browser.submit("consent", signedIn(), "decision", "deny");
    var signedOut = browser.submit("sign-out", signedIn());
    var ben = new TestBrowser(local.wiring());
    var ofTwoRecords = ben.signIn(SCOPE, "ben", TestUsers.PASSWORD);
    var chosen = ben.submit("patient", ofTwoRecords, "patient", "mia");

    assertThat(List.of(signedIn, allowed, denied, signedOut, chosen))
        .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(303));
    assertThat(signedIn.headers().toString()).doesNotContain(TestUsers.PASSWORD);
    assertThat(allowed.location()).startsWith("http://127.0.0.1:51004/callback?");
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, '', invalid_request",
    "response_type, token, unsupported_response_type",
    "response_type, id_token, unsupported_response_type",
    "response_type, none, unsupported_response_type",
    "response_type, code id_token, unsupported_response_type",
    "response_type, code token, unsupported_response_type",
    "response_type, CODE, unsupported_response_type",
    "response_mode, fragment, invalid_request",
    "response_mode, web_message, invalid_request",
    "response_mode, query.jwt, invalid_request",
  })
  void t17_answersAreCodesInAQueryOnly(String name, String value, String error) {
    assertSentBack(Call.get("/authorize").with(changed(name, value)).to(authorize), error);
  }

  private String signedIn(String... more) {
    var txn =
        browser.arrive(
            TestClients.NATIVE.value(), redirectUri(TestClients.NATIVE.value()), SCOPE, more);
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    return txn;
  }

  private static String signedIn(TestBrowser browser, String client, String username) {
    var txn = browser.arrive(client, redirectUri(client), SCOPE);
    browser.submit("sign-in", txn, "username", username, "password", TestUsers.PASSWORD);
    return txn;
  }

  private static String redirectUri(String client) {
    return Map.of(
            TestClients.NATIVE.value(), "http://127.0.0.1:51004/callback",
            TestClients.BROWSER.value(), TestClients.BROWSER_REDIRECT,
            TestClients.WEB.value(), TestClients.WEB_REDIRECT)
        .getOrDefault(client, "");
  }
}
