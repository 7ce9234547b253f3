package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The page `/apps` where people sign in at the organisation's portal.
@TestInstance(Lifecycle.PER_CLASS)
class PortalAppsTest {
  private final PortalDeployment at;
  private TestBrowser browser;

  PortalAppsTest() throws Exception {
    at = PortalDeployment.start();
    browser = at.browser();
  }

  @AfterAll
  void stopThePortal() {
    at.close();
  }

  @BeforeEach
  void itSaysWhatItSaysByItself() {
    at.provider().forget();
    browser = at.browser();
  }

  @Test
  void whoIsNotSignedInIsLedToThePortalAndBackToTheList() throws Exception {
    var page = open("", "");
    assertThat(page.body()).contains("/apps/sign-in").doesNotContain("name=\"password\"");
    var away = open("sign-in", "");
    assertThat(PortalDeployment.query(away.location()).get("redirect_uri"))
        .hasValue("https://latchkey.example/apps/portal");

    var back = open("portal", at.provider().query(away.location()));

    assertThat(back.location()).isEqualTo("https://latchkey.example/apps");
    assertThat(open("", "").body()).contains("Ana Silva").doesNotContain("/apps/password");
  }

  @Test
  void theAnswerOfAnotherBrowserOrASecondTimeSignsNobodyIn() throws Exception {
    open("", "");
    var query = at.provider().query(open("sign-in", "").location());
    var other = at.browser();
    send(other, "GET", "", "", "");

    assertThat(send(other, "GET", "portal", query, "").status()).isEqualTo(400);
    assertThat(send(at.browser(), "GET", "portal", query, "").status()).isEqualTo(400);
    assertThat(at.provider().redeemed()).isEmpty();
    assertThat(open("portal", query).status()).isEqualTo(303);
    browser.cookies().remove("__Host-latchkey-session");
    assertThat(open("portal", query).status()).isEqualTo(400);
    assertThat(at.provider().redeemed()).hasSize(1);
  }

  @Test
  void anAnswerForAPendingAuthorizationIsNoneForThisPage() throws Exception {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var query = at.provider().query(at.leave(browser, txn));

    assertThat(open("portal", query).status()).isEqualTo(400);
    assertThat(at.answer(browser, query).path()).isEqualTo("/interaction/consent");
  }

  @Test
  void aRefusalAtThePortalAndAnAnswerThatIsNotBelievedAreShown() throws Exception {
    open("", "");
    var state = PortalDeployment.state(open("sign-in", "").location());
    assertThat(open("portal", "error=access_denied&state=" + state).body())
        .contains("The sign-in did not work");

    at.provider().saying("nonce", "another");
    var query = at.provider().query(open("sign-in", "").location());
    assertThat(open("portal", query).status()).isEqualTo(400);
  }

  @Test
  void aBrowserWithoutOurCookieGetsItBeforeItLeaves() {
    assertThat(open("sign-in", "").status()).isEqualTo(200);
    assertThat(open("sign-in", "").status()).isEqualTo(303);
  }

  @Test
  void afterEverythingWasTakenBackThePortalHasToAskAgain() throws Exception {
    at.provider().saying("sub", "careful-person");
    open("", "");
    open("portal", at.provider().query(open("sign-in", "").location()));
    var csrf = open("", "").inputs("csrf").getFirst();
    at.provider().saying("auth_time", at.local().clock().seconds() - 5);
    var ended = send(browser, "POST", "take-back-everything", "", "csrf=" + csrf);
    assertThat(ended.status()).isEqualTo(303);
    assertThat(open("", ended.location().split("\\?", 2)[1]).body()).contains("/apps");

    var again = open("portal", at.provider().query(open("sign-in", "").location()));

    assertThat(PortalDeployment.query(again.location()).get("prompt")).hasValue("login");
  }

  @Test
  void noPasswordIsTakenAndNoneCanBeSet() throws Exception {
    open("", "");
    assertThat(send(browser, "POST", "sign-in", "", "username=ana&password=x").path())
        .isEqualTo("/apps");
    open("portal", at.provider().query(open("sign-in", "").location()));
    var csrf = open("", "").inputs("csrf").getFirst();

    assertThat(open("password", "").path()).isEqualTo("/apps");
    var set = "csrf=" + csrf + "&current=x&password=a-new-long-one&repeated=a-new-long-one";
    assertThat(send(browser, "POST", "password", "", set).path()).isEqualTo("/apps");
  }

  private TestBrowser.Answer open(String action, String query) {
    return send(browser, "GET", action, query, "");
  }

  private TestBrowser.Answer send(
      TestBrowser browser, String method, String action, String query, String body) {
    var path = action.isEmpty() ? "/apps" : "/apps/" + action;
    return browser.send(new AppsFunction(at.wiring()), method, path, query, body, action);
  }
}
