package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.OwnPageDeployment.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.Race;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Handles and the way back: for which browser they work, how often and how long.
class OwnPageHandleTest {
  private static final OwnPageDeployment at = OwnPageDeployment.start();

  private final TestBrowser browser = at.browser();

  /// Somebody leads others to a handle of their own, and waits for them to sign in (RFC 6819
  /// section 4.4.1.7).
  @Test
  void whoWasLedToTheHandleOfAnotherBrowserSignsInNeitherHereNorThere() {
    var attacker = at.browser();
    var theirs = attacker.arrive(PortalDeployment.SCOPE);
    var handle = at.leave(attacker, theirs);
    var back = at.accepted(handle, at.ana());

    var victim = at.open(browser, back);
    assertThat(victim.status()).isEqualTo(403);
    assertThat(victim.cookies()).isEmpty();
    browser.arrive(PortalDeployment.SCOPE);
    assertThat(at.open(browser, back).status()).isEqualTo(403);
  }

  @Test
  void whoeverHasTheHandleAndNotTheCodeIsNotSignedIn() {
    for (var code : List.of("of-nobody", "%HANDLE%", "%LOWER%", "")) {
      var handle = at.leave(browser, browser.arrive(PortalDeployment.SCOPE));
      var back = at.accepted(handle, at.ana());
      var right = OwnPageDeployment.query(back).get("code").orElseThrow();
      var wrong =
          code.replace("%HANDLE%", handle).replace("%LOWER%", right.toLowerCase(Locale.ROOT));

      var answer = at.open(browser, back.replace(right, wrong));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("The sign-in did not work");
      assertThat(answer.cookies()).isEmpty();
    }
  }

  /// Somebody signs in as themselves and leads others to the end of it (RFC 9700 section 4.7).
  @Test
  void nobodyIsSignedInAsWhoeverSentThemTheWayBack() {
    var attacker = at.browser();
    var back = at.accepted(at.leave(attacker, attacker.arrive(PortalDeployment.SCOPE)), at.ana());
    browser.arrive(PortalDeployment.SCOPE);
    var txn = OwnPageDeployment.query(back).get("state").orElseThrow().split("\\.", 2)[0];

    assertThat(at.open(browser, back).status()).isEqualTo(403);
    browser.cookies().clear();
    assertThat(at.open(browser, back).status()).isEqualTo(403);
    assertThat(attacker.open("sign-in", txn).status()).isEqualTo(303);
  }

  @Test
  void theCodeOfOneSignInIsNoneForAnotherOfTheSameBrowser() {
    var one = browser.arrive(PortalDeployment.SCOPE);
    var first = at.accepted(at.leave(browser, one), at.ana());
    var another = browser.arrive(PortalDeployment.SCOPE);
    var second = at.accepted(at.leave(browser, another), at.ana());
    var code = OwnPageDeployment.query(first).get("code").orElseThrow();
    var own = OwnPageDeployment.query(second).get("code").orElseThrow();

    assertThat(at.open(browser, second.replace(own, code)).status()).isEqualTo(400);
  }

  @Test
  void theWayBackWorksOnce() {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var back = at.accepted(at.leave(browser, txn), at.ana());
    var before = Map.copyOf(browser.cookies());
    assertThat(at.open(browser, back).status()).isEqualTo(303);

    var again = at.open(browser, back);
    assertThat(again.path()).isEqualTo("/interaction/consent");
    assertThat(again.cookies()).isEmpty();
    var asBefore = at.browser();
    asBefore.cookies().putAll(before);
    assertThat(at.open(asBefore, back).status()).isEqualTo(403);
  }

  @Test
  void aHandleIsFinishedOnceHoweverManyPagesTry() throws Exception {
    var handle = at.leave(browser, browser.arrive(PortalDeployment.SCOPE));

    var answers = Race.of(_ -> at.accept(handle, at.ana()).answer());

    assertThat(answers).filteredOn(answer -> answer.containsKey("redirect_to")).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> "invalid_handle".equals(answer.get("error")))
        .hasSize(Race.CALLERS - 1);
    assertInvalid(at.page(Map.of("command", "show", "handle", handle)));
    assertInvalid(at.page(Map.of("command", "reject", "handle", handle)));
  }

  @Test
  void aHandleEndsAfterTenMinutesAndTheWayBackAfterOne() {
    var own = OwnPageDeployment.start();
    var late = own.browser();
    var handle = own.leave(late, late.arrive(PortalDeployment.SCOPE));
    own.local().clock().advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(own.show(handle)).isEqualTo(Map.of("expires_in", 1));
    own.local().clock().advance(Duration.ofSeconds(1));
    assertInvalid(own.page(Map.of("command", "show", "handle", handle)));
    assertInvalid(own.accept(handle, own.ana()));

    var txn = late.arrive(PortalDeployment.SCOPE);
    var back = own.accepted(own.leave(late, txn), own.ana());
    own.local().clock().advance(Duration.ofSeconds(60));
    var ended = own.open(late, back);
    assertThat(ended.status()).isEqualTo(400);
    assertThat(ended.cookies()).isEmpty();
    assertThat(own.open(late, own.accepted(own.leave(late, txn), own.ana())).path())
        .isEqualTo("/interaction/consent");
  }

  @Test
  void whatNobodyHandedOutIsNoHandle() {
    assertInvalid(at.page(Map.of("command", "show", "handle", "not-a-secret-guess")));
    assertInvalid(at.accept("", at.ana()));
  }
}
