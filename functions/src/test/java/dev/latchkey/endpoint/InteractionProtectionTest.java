package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.TestBrowser.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authorize.TransactionId;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.http.Stylesheet;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Forged, replayed, mixed-up and broken requests, and what surrounds every page.
class InteractionProtectionTest {
  private static final String SCOPE = "launch/patient openid patient/Observation.rs";

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana()).seed(TestUsers.ben());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  private String signedIn() {
    return browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
  }

  private void assertUndecided(String txn) {
    assertThat(
            local
                .wiring()
                .stores()
                .transactions()
                .find(new TransactionId(txn).hash(), local.clock().instant()))
        .isPresent();
  }

  @Test
  void everyPageCarriesEverySecurityHeader() {
    var arrived = new TestBrowser(local.wiring());
    var unsigned = arrived.arrive(SCOPE);
    var txn = browser.signIn(SCOPE, "ben", TestUsers.PASSWORD);
    var patient = browser.open("patient", txn);
    browser.submit("patient", txn, "patient", "mia");

    for (var page :
        List.of(arrived.open("sign-in", unsigned), patient, browser.open("consent", txn))) {
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.headers())
          .containsEntry("content-type", "text/html; charset=utf-8")
          .containsEntry(
              "content-security-policy",
              "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'none'; "
                  + "frame-ancestors 'none'; base-uri 'none'; "
                  + "form-action 'self' http://127.0.0.1:51004")
          .containsEntry("x-frame-options", "DENY")
          .containsEntry("cross-origin-opener-policy", "same-origin")
          .containsEntry("referrer-policy", "no-referrer")
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("cache-control", "no-store")
          .doesNotContainKey("access-control-allow-origin");
      assertThat(withoutCategories(page.body()))
          .doesNotContain("<script", "style=\"", "http://", "https://");
    }
  }

  @Test
  void theCsrfTokenIsAnHmacUnderTheCookie() throws GeneralSecurityException {
    var txn = browser.arrive(SCOPE);
    var cookie = browser.cookie("__Host-latchkey-browser");
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(cookie.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var expected = mac.doFinal(("csrf" + txn).getBytes(StandardCharsets.UTF_8));

    assertThat(browser.open("sign-in", txn).inputs("csrf"))
        .containsExactly(Base64.getUrlEncoder().withoutPadding().encodeToString(expected));
  }

  @Test
  void everyStepRefusesAFormWithoutItsToken() {
    var unsigned = browser.arrive(SCOPE);
    assertRefused(
        browser.post("sign-in", unsigned, "", "username", "ana", "password", TestUsers.PASSWORD));
    var txn = signedIn();
    assertRefused(browser.post("patient", txn, "", "patient", "ana"));
    assertRefused(
        browser.post("consent", txn, "", "decision", "allow", "scope", "patient/Observation.rs"));
    assertRefused(browser.post("consent", txn, "", "decision", "deny"));
    assertRefused(browser.post("sign-out", txn, ""));
    assertUndecided(txn);
    assertThat(browser.cookies()).containsKey(SESSION);
  }

  /// The page but for the values of its boxes that name a category, which is spelled like a URL.
  private static String withoutCategories(String page) {
    return page.replaceAll("value=\"[^\"]+[?]category=http://[^\"]+\"", "");
  }

  private static void assertRefused(TestBrowser.Answer answer) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(answer.cookies()).isEmpty();
  }

  @Test
  void theTokenOfTheSignInPageIsWorthNothingAfterwards() {
    var txn = browser.arrive(SCOPE);
    var before = browser.open("sign-in", txn).inputs("csrf").getFirst();
    browser.post("sign-in", txn, before, "username", "ana", "password", TestUsers.PASSWORD);

    assertRefused(
        browser.post(
            "consent", txn, before, "decision", "allow", "scope", "patient/Observation.rs"));
  }

  @Test
  void theTokenOfAnotherTransactionIsRefused() {
    var first = signedIn();
    var second = browser.arrive(SCOPE);
    browser.open("sign-in", second);
    var foreign = browser.open("consent", second).inputs("csrf").getFirst();

    assertRefused(
        browser.post(
            "consent", first, foreign, "decision", "allow", "scope", "patient/Observation.rs"));
  }

  @ParameterizedTest
  @CsvSource({
    "sec-fetch-site, cross-site",
    "sec-fetch-site, same-site",
    "origin, https://evil.example",
    "origin, http://latchkey.example",
    "origin, https://latchkey.example.evil.example",
    "origin, https://latchkey.example:444"
  })
  void aFormFromAnotherSiteIsRefusedEvenWithARightToken(String header, String value) {
    var txn = signedIn();
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();

    assertRefused(
        browser
            .sending(header, value)
            .post("consent", txn, csrf, "decision", "allow", "scope", "patient/Observation.rs"));
    assertUndecided(txn);
  }

  @Test
  void browsersThatSendNeitherHeaderAreServed() {
    browser.without("origin").without("sec-fetch-site");
    var txn = signedIn();

    assertThat(browser.allow(txn, List.of("patient/Observation.rs")).parameter("code")).isNotNull();
  }

  @Test
  void ourOwnOriginIsServed() {
    browser.sending("origin", LocalWiring.ISSUER);
    var txn = signedIn();

    assertThat(browser.allow(txn, List.of("patient/Observation.rs")).parameter("code")).isNotNull();
  }

  @Test
  void anotherBrowserCannotOpenOrAnswerATransaction() {
    var txn = browser.arrive(SCOPE);
    var other = new TestBrowser(local.wiring());
    assertRefused(other.open("sign-in", txn));
    other.arrive(SCOPE);
    assertRefused(other.open("sign-in", txn));

    var mine = signedIn();
    other.signIn(SCOPE, "ben", TestUsers.PASSWORD);
    assertRefused(other.open("consent", mine));
    assertRefused(
        other.post("consent", mine, "x", "decision", "allow", "scope", "patient/Observation.rs"));
    assertUndecided(mine);
  }

  @Test
  void aSessionThatEndedCannotDecide() {
    var txn = signedIn();
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();
    var cookie = browser.cookie(SESSION);
    local.wiring().stores().sessions().end(SecretHash.of(cookie));

    assertRefused(
        browser.post("consent", txn, csrf, "decision", "allow", "scope", "patient/Observation.rs"));
  }

  @Test
  void anExpiredTransactionIsGone() {
    var txn = signedIn();
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();
    local.clock().advance(Lifetimes.TRANSACTION);

    var answer =
        browser.post("consent", txn, csrf, "decision", "allow", "scope", "patient/Observation.rs");

    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(browser.open("sign-in", txn).status()).isEqualTo(410);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "<script>alert(1)</script>", "a b", "ü"})
  void anUnknownTransactionIsGoneAndNotReflected(String txn) {
    var page = browser.open("sign-in", txn);

    assertThat(page.status()).isEqualTo(410);
    assertThat(page.body()).doesNotContain(txn + "<", "<script");
  }

  @Test
  void aMissingOrEndlessTransactionIsABrokenRequest() {
    assertThat(browser.open("sign-in", "").status()).isEqualTo(400);
    assertThat(browser.open("sign-in", "x".repeat(101)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sign-in", "patient", "consent", "sign-out"})
  void brokenFormsAreClientErrors(String step) {
    var txn = signedIn();
    for (var body :
        List.of(
            "",
            "txn=" + txn + "&txn=" + txn,
            "txn=%ff",
            "txn=%",
            "{\"txn\":\"" + txn + "\"}",
            "txn=" + txn + "&csrf=a&csrf=b",
            "a=" + "x".repeat(128 * 1024))) {
      var answer = browser.postBody(step, body);
      assertThat(answer.status()).isBetween(400, 499);
      assertThat(answer.headers()).doesNotContainKey("location");
    }
    assertUndecided(txn);
  }

  @Test
  void aJsonBodyIsRefusedWithWords() {
    var txn = signedIn();

    var answer =
        browser
            .sending("content-type", "application/json")
            .postBody("consent", "{\"txn\":\"" + txn + "\",\"decision\":\"allow\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("application/x-www-form-urlencoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "HEAD"})
  void otherMethodsAreRefused(String method) {
    var answer =
        browser.send(
            new InteractionFunction(local.wiring()),
            method,
            "/interaction/consent",
            "txn=x",
            "",
            "consent");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("allow", "GET, POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "admin", "style.css", "style-0000000000.css", "../authorize"})
  void thereAreNoOtherPages(String step) {
    assertThat(browser.open(step, "x").status()).isEqualTo(404);
  }

  @Test
  void theStylesheetIsServed() {
    var answer = browser.open(Stylesheet.NAME, "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "text/css; charset=utf-8");
  }

  @Test
  void aPageThatIsOnlyLookedAtDecidesNothing() {
    var txn = signedIn();

    assertThat(browser.open("sign-out", txn).path()).isEqualTo("/interaction/consent");
    assertThat(browser.cookies()).containsKey(SESSION);
    assertUndecided(txn);
  }
}
