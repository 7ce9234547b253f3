package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.changed;
import static dev.latchkey.endpoint.Asking.good;
import static dev.latchkey.endpoint.Asking.query;
import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Grants.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authorize.AuthorizationRequest;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.TransactionId;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRules;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pushed authorization requests (RFC 9126), and threat T20: whoever reads or changes what the
/// browser carries.
class ParFunctionTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final ParFunction par = new ParFunction(local.wiring());
  private static final AuthorizeFunction authorize = new AuthorizeFunction(local.wiring());
  private static final ClientId CAREFUL = new ClientId("test-careful");

  @BeforeAll
  static void seed() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp()).seed(TestClients.webApp());
    local
        .wiring()
        .stores()
        .clients()
        .put(
            TestClients.as(CAREFUL, TestClients.browserApp())
                .with(new ClientRules(RefreshOverrides.NONE, false, false, true)));
  }

  @Test
  void auz20_aPushedRequestIsGivenAReference() {
    var answer = Call.post("/par").with(good()).to(par);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text("request_uri"))
        .matches("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}");
    assertThat(answer.json()).containsEntry("expires_in", 90).hasSize(2);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void theReferenceGoesToSignInWithWhatWasPushed() {
    var answer = arrive(TestClients.BROWSER, pushed(good()));

    var asked = asked(answer);
    assertThat(asked.client()).isEqualTo(TestClients.BROWSER);
    assertThat(asked.redirectUri()).isEqualTo(TestClients.BROWSER_REDIRECT);
    assertThat(asked.scopes().spelled()).isEqualTo("openid fhirUser launch/patient patient/*.rs");
    assertThat(asked.state()).isEqualTo("af0ifjsldkj");
    assertThat(asked.codeChallenge()).isEqualTo(Asking.CHALLENGE);
  }

  @Test
  void stateOfAnyLanguageSurvives() {
    var state = "ü€𝄞 +&=%?#/\"'<>\\\0" + "x".repeat(1000);

    assertThat(asked(arrive(TestClients.BROWSER, pushed(changed("state", state)))).state())
        .isEqualTo(state);
  }

  @Test
  void t20_nothingThatTheBrowserAddsCounts() {
    var uri = pushed(changed("scope", "patient/Patient.r"));

    var answer =
        Call.get("/authorize")
            .with("client_id", TestClients.BROWSER.value())
            .with("request_uri", uri)
            .with("scope", "patient/*.cruds offline_access")
            .with("redirect_uri", "https://evil.example/callback")
            .with("state", "of-somebody-else")
            .with("login_hint", "maria")
            .with("code_challenge", "a".repeat(43))
            .with("aud", "https://evil.example/fhir")
            .with("response_type", "token")
            .with("response_type", "token")
            .to(authorize);

    var asked = asked(answer);
    assertThat(asked.scopes().spelled()).isEqualTo("patient/Patient.r");
    assertThat(asked.redirectUri()).isEqualTo(TestClients.BROWSER_REDIRECT);
    assertThat(asked.state()).isEqualTo("af0ifjsldkj");
    assertThat(asked.wishes().loginHint()).isNull();
    assertThat(asked.codeChallenge()).isEqualTo(Asking.CHALLENGE);
  }

  @Test
  void t20_aReferenceWorksOnce() {
    var uri = pushed(good());
    assertThat(arrive(TestClients.BROWSER, uri).status()).isEqualTo(303);

    assertIsAPage(arrive(TestClients.BROWSER, uri));
  }

  @Test
  void t20_aReferenceWorksForOneOfManyBrowsers() throws Exception {
    var uri = pushed(good());

    var answers = Race.of(_ -> arrive(TestClients.BROWSER, uri).status());

    assertThat(answers).filteredOn(status -> status == 303).hasSize(1);
  }

  @Test
  void t20_anotherAppCanNeitherUseAReferenceNorUseItUp() {
    var uri = pushed(good());

    assertIsAPage(arrive(TestClients.WEB, uri));
    assertThat(arrive(TestClients.BROWSER, uri).status()).isEqualTo(303);
  }

  @Test
  void aReferenceEndsAfterNinetySeconds() {
    var uri = pushed(good());
    local.clock().advance(Duration.ofSeconds(90));

    assertIsAPage(arrive(TestClients.BROWSER, uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:ietf:params:oauth:request_uri:of-nobody",
        "urn:ietf:params:oauth:request_uri:",
      })
  void anUnknownReferenceIsAPage(String uri) {
    assertIsAPage(arrive(TestClients.BROWSER, uri));
  }

  @Test
  void aReferenceWithoutAnAppOrSentTwiceIsAPage() {
    var uri = pushed(good());

    assertIsAPage(Call.get("/authorize").with("request_uri", uri).to(authorize));
    assertIsAPage(arrive(new ClientId("nobody"), uri));
    assertIsAPage(arrive(new ClientId("x".repeat(5000)), uri));
    assertIsAPage(
        Call.get("/authorize")
            .with("client_id", TestClients.BROWSER.value())
            .with("request_uri", uri)
            .with("request_uri", uri)
            .to(authorize));
  }

  @Test
  void anAddressOfSomewhereElseIsNotFetched() {
    var answer =
        Call.get("/authorize")
            .with(changed("request_uri", "https://evil.example/request"))
            .to(authorize);

    assertThat(query(answer.header("location")))
        .containsEntry("error", "request_uri_not_supported");
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "response_mode, fragment, invalid_request",
    "request, abc, request_not_supported",
    "request_uri, urn:ietf:params:oauth:request_uri:x, invalid_request",
    "aud, https://elsewhere.example/fhir, invalid_request",
    "resource, https://elsewhere.example/fhir, invalid_target",
    "code_challenge_method, plain, invalid_request",
    "scope, patient/Observation.sr, invalid_scope",
    "state, '', invalid_request",
    "prompt, none login, invalid_request",
    "max_age, soon, invalid_request",
    "redirect_uri, https://evil.example/callback, invalid_request",
    "redirect_uri, '', invalid_request",
    "client_id, test-native, invalid_request",
    "client_id, nobody, invalid_client",
    "client_id, '', invalid_client",
  })
  void aBadRequestIsRefusedWhenItIsPushed(String name, String value, String error) {
    local.calls().reset();

    var answer = Call.post("/par").with(changed(name, value)).to(par);

    assertRefused(answer, error.equals("invalid_client") ? 401 : 400, error);
    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void aConfidentialAppAuthenticatesAndLeavesNoSecretBehind() {
    var request = web();

    var refused = Call.post("/par").with(request).to(par);
    assertRefused(refused, 401, "invalid_client");

    request.put("client_secret", TestClients.WEB_SECRET);
    var kept =
        local
            .wiring()
            .stores()
            .pushedRequests()
            .use(SecretHash.of(pushed(request)), TestClients.WEB, "r", local.clock().instant());
    assertThat(kept.orElseThrow().parameters())
        .contains("client_id=" + TestClients.WEB.value())
        .doesNotContain("client_secret", TestClients.WEB_SECRET);
    assertThat(asked(arrive(TestClients.WEB, pushed(request))).client()).isEqualTo(TestClients.WEB);
  }

  @Test
  void theHeaderDoesNotReplaceTheClientId() {
    var request = web();
    request.remove("client_id");

    var answer =
        Call.post("/par")
            .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
            .with(request)
            .to(par);

    assertRefused(answer, 400, "invalid_request");
  }

  @Test
  void aRequestThatIsTooLongIsRefused() {
    var answer = Call.post("/par").with(changed("ui_locales", "x".repeat(16_384))).to(par);

    assertRefused(answer, 413, "invalid_request");
  }

  @Test
  void anAppThatHasToPushCannotAskInTheBrowser() {
    var request = changed("client_id", CAREFUL.value());

    var answer = Call.get("/authorize").with(request).to(authorize);

    assertThat(query(answer.header("location")))
        .containsEntry("error", "invalid_request")
        .containsEntry("state", "af0ifjsldkj");
    assertThat(asked(arrive(CAREFUL, pushed(request))).client()).isEqualTo(CAREFUL);
  }

  @Test
  void aRequestOfAnAppThatWasRemovedSinceIsAPage() {
    var gone = TestClients.as(new ClientId("test-gone"), TestClients.browserApp());
    local.seed(gone);
    var uri = pushed(changed("client_id", gone.id().value()));
    local.wiring().stores().clients().remove(gone.id());

    assertIsAPage(arrive(gone.id(), uri));
  }

  private static Map<String, String> web() {
    var request = changed("client_id", TestClients.WEB.value());
    request.put("redirect_uri", TestClients.WEB_REDIRECT);
    return request;
  }

  private static String pushed(Map<String, String> request) {
    var answer = Call.post("/par").with(request).to(par);
    assertThat(answer.status()).isEqualTo(201);
    return answer.text("request_uri");
  }

  private static Answer arrive(ClientId client, String requestUri) {
    return Call.get("/authorize")
        .with("client_id", client.value())
        .with("request_uri", requestUri)
        .to(authorize);
  }

  private static AuthorizationRequest asked(Answer answer) {
    var handle = new TransactionId(query(answer.header("location")).getOrDefault("txn", ""));
    var transactions = local.wiring().stores().transactions();
    return transactions
        .find(handle.hash(), local.clock().instant())
        .map(Transaction::request)
        .orElseThrow();
  }

  private static void assertIsAPage(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(answer.header("content-type")).startsWith("text/html");
    assertThat(answer.body()).contains("invalid_request_uri");
  }
}
