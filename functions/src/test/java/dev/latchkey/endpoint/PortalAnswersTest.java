package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.OpenIdProvider;
import dev.latchkey.http.Parameters;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers of the portal that must not sign anybody in, and those that say why it did not.
class PortalAnswersTest {
  @RegisterExtension static final PortalDeployment at = PortalDeployment.start();

  private final TestBrowser browser = at.browser();

  @ParameterizedTest
  @CsvSource({
    "nonce, of-another-attempt",
    "iss, https://another.example",
    "aud, another-client",
    "azp, another-client",
    "at_hash, AAAAAAAAAAAAAAAAAAAAAA",
    "exp, 0",
    "iat, 0"
  })
  void anIdTokenThatIsNotForThisSignInIsNotBelieved(String claim, String value) throws Exception {
    at.provider().saying(claim, value.equals("0") ? (Object) 0 : value);
    var txn = browser.arrive(PortalDeployment.SCOPE);

    var back = at.comeBack(browser, at.leave(browser, txn));

    assertThat(back.status()).isEqualTo(400);
    assertThat(back.body()).contains("The sign-in did not work", PortalDeployment.tryAgain(txn));
    assertThat(back.cookies()).isEmpty();
    assertThat(at.provider().redeemed()).isNotEmpty();
    at.provider().forget();
    assertThat(at.comeBack(browser, at.leave(browser, txn)).path())
        .isEqualTo("/interaction/consent");
  }

  @Test
  void anAnswerThatWasUsedBeforeDoesNotReachThePortal() throws Exception {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    at.provider().saying("nonce", "another");
    var query = at.provider().query(at.leave(browser, txn));
    assertThat(at.answer(browser, query).status()).isEqualTo(400);
    at.provider().forget();

    var replayed = at.answer(browser, query);

    assertThat(replayed.status()).isEqualTo(400);
    assertThat(replayed.body())
        .contains("This sign-in is not yours or is over", PortalDeployment.tryAgain(txn));
    assertThat(at.provider().redeemed()).isEmpty();
  }

  @Test
  void anAnswerThatComesASecondTimeAfterSignInChangesNothing() throws Exception {
    var query = at.provider().query(at.leave(browser, browser.arrive(PortalDeployment.SCOPE)));
    at.answer(browser, query);
    at.provider().forget();

    var again = at.answer(browser, query);

    assertThat(again.path()).isEqualTo("/interaction/consent");
    assertThat(again.cookies()).isEmpty();
    assertThat(at.provider().redeemed()).isEmpty();
  }

  @Test
  void theAnswerToAnotherBrowserIsRefused() throws Exception {
    var attacker = new TestBrowser(at.wiring());
    var theirs = attacker.arrive(PortalDeployment.SCOPE);
    var query = at.provider().query(attacker.open("sign-in", theirs).location());
    browser.arrive(PortalDeployment.SCOPE);

    var refused = at.answer(browser, query);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("This page belongs to another browser");
    assertThat(at.provider().redeemed()).isEmpty();
  }

  @Test
  void aStateThatWasChangedIsRefused() throws Exception {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var query = at.provider().query(at.leave(browser, txn));
    var state = Parameters.parse(query).get("state").orElseThrow();
    var changed = state.replaceFirst("\\.[ab]\\.", state.contains(".a.") ? ".b." : ".a.");

    assertThat(at.answer(browser, query.replace(state, changed)).status()).isEqualTo(400);
    assertThat(at.answer(browser, query.replace(state, "no-state")).status()).isEqualTo(400);
    assertThat(at.provider().redeemed()).isEmpty();
  }

  @Test
  void anAttemptEndsAfterTenMinutesAtTheLatest() throws Exception {
    var query = at.provider().query(at.leave(browser, browser.arrive(PortalDeployment.SCOPE)));
    at.local().clock().advance(Duration.ofMinutes(10));

    assertThat(at.answer(browser, query).status()).isEqualTo(410);
    assertThat(at.provider().redeemed()).isEmpty();
  }

  @Test
  void aCodeThatThePortalDoesNotKnowIsRefused() throws Exception {
    var query = at.provider().query(at.leave(browser, browser.arrive(PortalDeployment.SCOPE)));

    var refused = at.answer(browser, query.replaceFirst("code=[^&]*", "code=not-a-secret-made-up"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("The sign-in did not work");
  }

  @Test
  void whoDoesNotWantToSignInGoesBackToTheApp() throws Exception {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var refused =
        at.answer(
            browser, "error=access_denied&state=" + PortalDeployment.state(at.leave(browser, txn)));

    assertThat(refused.location()).startsWith("http://127.0.0.1:51004/callback?");
    assertThat(refused.parameter("error")).isEqualTo("access_denied");
    assertThat(browser.open("sign-in", txn).status()).isEqualTo(410);
  }

  @ParameterizedTest
  @CsvSource({
    "temporarily_unavailable, 503",
    "server_error, 503",
    "invalid_request, 400",
    "login_required, 400"
  })
  void anErrorOfThePortalIsShownAndNothingIsLost(String error, int status) throws Exception {
    var txn = browser.arrive(PortalDeployment.SCOPE);

    var shown =
        at.answer(
            browser, "error=" + error + "&state=" + PortalDeployment.state(at.leave(browser, txn)));

    assertThat(shown.status()).isEqualTo(status);
    assertThat(shown.body()).contains(PortalDeployment.tryAgain(txn)).doesNotContain(error);
    assertThat(at.comeBack(browser, at.leave(browser, txn)).path())
        .isEqualTo("/interaction/consent");
  }

  @Test
  void aPortalThatDoesNotAnswerCostsNothingButTime() throws Exception {
    var silent = at.local().wiring().withPortal(OpenIdProvider.silent(at.local().clock()));
    var down = new TestBrowser(silent);
    var txn = down.arrive(PortalDeployment.SCOPE);
    var before = down.open("sign-in", txn);
    assertThat(before.status()).isEqualTo(503);
    assertThat(before.headers()).containsEntry("retry-after", "5");
    assertThat(before.body()).contains("does not answer just now", PortalDeployment.tryAgain(txn));

    browser.cookies().putAll(down.cookies());
    var query = at.provider().query(at.leave(browser, txn));
    assertThat(PortalDeployment.answer(silent, down, query).status()).isEqualTo(503);
    assertThat(at.comeBack(browser, at.leave(browser, txn)).path())
        .isEqualTo("/interaction/consent");
  }

  @Test
  void withoutAPortalNobodyComesBackFromOne() {
    var alone = new TestBrowser(at.local().wiring());

    assertThat(alone.open("portal", alone.arrive(PortalDeployment.SCOPE)).status()).isEqualTo(404);
  }
}
