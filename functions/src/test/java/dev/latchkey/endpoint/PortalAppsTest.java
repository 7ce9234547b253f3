package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.OpenIdProvider;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page `/apps` where people sign in at the organisation's portal.
class PortalAppsTest {
  @RegisterExtension static final PortalDeployment at = PortalDeployment.start();

  private TestBrowser browser = at.browser();

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
  void whoDoesNotWantToSignInIsToldThatNothingHappenedAndMayTryAgain() throws Exception {
    open("", "");
    var state = PortalDeployment.state(open("sign-in", "").location());

    var declined = open("portal", "error=access_denied&state=" + state);

    assertThat(declined.status()).isEqualTo(200);
    assertThat(declined.body())
        .contains("You did not sign in", "https://latchkey.example/apps/sign-in")
        .doesNotContain("cannot accept");
    assertThat(declined.cookies()).isEmpty();
    assertThat(open("portal", "error=access_denied&state=" + state).status()).isEqualTo(400);
    var spanish = browser.sending("accept-language", "es");
    var again = PortalDeployment.state(open("sign-in", "").location());
    assertThat(send(spanish, "GET", "portal", "error=access_denied&state=" + again, "").body())
        .contains("No inició sesión");
    assertThat(open("portal", at.provider().query(open("sign-in", "").location())).path())
        .isEqualTo("/apps");
  }

  @ParameterizedTest
  @CsvSource({
    "temporarily_unavailable, 503, does not answer just now",
    "server_error, 503, does not answer just now",
    "invalid_request, 400, The sign-in did not work",
    "login_required, 400, The sign-in did not work"
  })
  void anErrorOfThePortalIsShown(String error, int status, String text) {
    open("", "");
    var state = PortalDeployment.state(open("sign-in", "").location());

    var shown = open("portal", "error=" + error + "&state=" + state);

    assertThat(shown.status()).isEqualTo(status);
    assertThat(shown.body()).contains(text, "/apps/sign-in").doesNotContain(error);
  }

  @Test
  void anAnswerThatIsNotBelievedOrLinksNobodyIsShown() throws Exception {
    open("", "");
    at.provider().saying("nonce", "another");
    assertThat(open("portal", at.provider().query(open("sign-in", "").location())).status())
        .isEqualTo(400);

    at.provider().forget();
    at.provider().saying("fhirUser", "");
    var unlinked = open("portal", at.provider().query(open("sign-in", "").location()));
    assertThat(unlinked.status()).isEqualTo(403);
    assertThat(unlinked.body()).contains("not linked to a health record");
    assertThat(unlinked.cookies()).isEmpty();
  }

  @Test
  void anAttemptEndsAfterTenMinutes() throws Exception {
    open("", "");
    var soon = at.provider().query(open("sign-in", "").location());
    at.local().clock().advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(open("portal", soon).path()).isEqualTo("/apps");

    browser = at.browser();
    open("", "");
    var late = at.provider().query(open("sign-in", "").location());
    at.provider().forget();
    at.local().clock().advance(Duration.ofMinutes(10));
    var ended = open("portal", late);
    assertThat(ended.status()).isEqualTo(400);
    assertThat(ended.body()).contains("This sign-in is not yours or is over");
    assertThat(at.provider().redeemed()).isEmpty();
  }

  @Test
  void whileThePortalDoesNotAnswerThePageSaysSo() throws Exception {
    var silent = at.local().wiring().withPortal(OpenIdProvider.silent(at.local().clock()));
    open("", "");

    var shown = browser.send(new AppsFunction(silent), "GET", "/apps/sign-in", "", "", "sign-in");

    assertThat(shown.status()).isEqualTo(503);
    assertThat(shown.headers()).containsEntry("retry-after", "5");
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
