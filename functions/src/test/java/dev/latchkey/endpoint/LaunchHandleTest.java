package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.EhrOpening.SCOPE;
import static dev.latchkey.endpoint.EhrOpening.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestLaunches;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.policy.Lifetimes;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirement LCH-2: the handle that an EHR gives to an app works once, for a while, for that app
/// and for whoever opened it.
class LaunchHandleTest {
  private final EhrOpening ehr = new EhrOpening();
  private final LocalWiring local = ehr.local();
  private final TestBrowser browser = ehr.browser();

  @Test
  void lch2_aUsedHandleIsRefused() {
    var handle = ehr.handle(TestLaunches.full());
    assertThat(ehr.authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();

    assertRefused(ehr.authorize(SCOPE, Map.of("launch", handle)));
  }

  @Test
  void lch2_anOldHandleIsRefused() {
    var handle = ehr.handle(TestLaunches.full());
    local.clock().advance(Lifetimes.LAUNCH);

    assertRefused(ehr.authorize(SCOPE, Map.of("launch", handle)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "x", "ana", "\u0000", "launch launch"})
  void lch2_anUnknownHandleIsRefused(String handle) {
    assertRefused(ehr.authorize(SCOPE, Map.of("launch", handle)));
  }

  @Test
  void lch2_aHandleOfAnotherAppIsRefusedAndStaysGoodForItsOwn() {
    var handle = ehr.handle(TestLaunches.full());

    assertRefused(
        browser.authorize(
            TestClients.NATIVE.value(),
            "http://127.0.0.1:51004/callback",
            SCOPE,
            Map.of("launch", handle)));
    assertThat(ehr.authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();
  }

  @Test
  void lch2_anotherUserIsRefusedAtSignIn() {
    var answer = ehr.authorize(SCOPE, Map.of("launch", ehr.handle(TestLaunches.full())));
    var txn = Objects.requireNonNull(answer.parameter("txn"));

    var page = browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.body()).contains("Somebody else opened this app");
    assertThat(page.headers()).doesNotContainKey("location");
    assertThat(browser.cookies()).doesNotContainKey(TestBrowser.SESSION);
  }

  @Test
  void lch2_anotherUserWhoIsSignedInAlreadyIsRefused() {
    browser.signIn("openid", "ana", TestUsers.PASSWORD);
    var answer = ehr.authorize(SCOPE, Map.of("launch", ehr.handle(TestLaunches.full())));
    var txn = Objects.requireNonNull(answer.parameter("txn"));

    assertThat(browser.open("sign-in", txn).status()).isEqualTo(403);
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/sign-in");
  }

  @Test
  void lch2_aForeignAudienceDoesNotUseTheHandleUp() {
    var handle = ehr.handle(TestLaunches.full());

    var foreign =
        ehr.authorize(SCOPE, Map.of("launch", handle, "aud", "https://evil.example/fhir"));

    assertRefused(foreign);
    assertThat(ehr.authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();
  }

  @Test
  void aPushedRequestIsRefusedAtOnceForABadHandleAndUsesNoneUp() {
    var handle = ehr.handle(TestLaunches.full());
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
}
