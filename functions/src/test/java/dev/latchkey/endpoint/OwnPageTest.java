package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.Race;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Sign-in at a page of the team's own: from the browser that leaves, by the page's word, to the
/// browser that comes back.
class OwnPageTest {
  private static final OwnPageDeployment at = OwnPageDeployment.start();

  private final TestBrowser browser = at.browser();

  @Test
  void whoeverThePageNamesGoesOnToConsentAndTheAppLearnsHowSurelyTheyAreKnown() throws Exception {
    var ana = new AnaAtTheApp(at.local(), at.wiring(), browser);
    var txn = ana.arrive();

    var back = at.open(browser, at.accepted(at.leave(browser, txn), at.ana()));

    ana.assertKnown(back, txn, at.local().clock().seconds() - 5);
  }

  @Test
  void whoeverMayActForSeveralPeopleChoosesOneOfThem() {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var maria = new LinkedHashMap<>(at.ana("fhirUser", "RelatedPerson/maria"));
    maria.put("name", "Maria Silva");
    maria.put(
        "patients",
        List.of("ana", Map.of("id", "ben", "name", "Ben Silva", "birthDate", "2018-09-28")));

    assertThat(at.open(browser, at.accepted(at.leave(browser, txn), maria)).path())
        .isEqualTo("/interaction/patient");
    assertThat(browser.open("patient", txn).body()).contains("Patient/ana", "Ben Silva");
    assertThat(browser.submit("patient", txn, "patient", "eve").status()).isEqualTo(403);
    assertThat(browser.submit("patient", txn, "patient", "ben").path())
        .isEqualTo("/interaction/consent");
  }

  @Test
  void whoeverThePageLinksToNoRecordIsToldSo() {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var nobody = new LinkedHashMap<>(at.ana());
    nobody.remove("fhirUser");

    var told = at.open(browser, at.accepted(at.leave(browser, txn), nobody));

    assertThat(told.status()).isEqualTo(403);
    assertThat(told.body()).contains("Your account is not linked to a health record");
    assertThat(told.cookies()).isEmpty();
  }

  @Test
  void whoeverThePageRejectsGoesBackToTheAppAndTheHandleIsUsed() {
    var txn = browser.arrive(PortalDeployment.SCOPE);
    var handle = at.leave(browser, txn);
    var rejected = at.page(Map.of("command", "reject", "handle", handle)).answer();

    assertInvalid(at.accept(handle, at.ana()));
    var back = at.open(browser, String.valueOf(rejected.get("redirect_to")));

    assertThat(back.location()).startsWith("http://127.0.0.1:51004/callback?");
    assertThat(back.parameter("error")).isEqualTo("access_denied");
  }

  @Test
  void thePageLearnsWhatTheAppWishesOfTheSignIn() {
    var txn =
        browser.arriveWishing(
            PortalDeployment.SCOPE,
            "login_hint",
            "ana & ben",
            "ui_locales",
            "es",
            "max_age",
            "300");
    var handle = at.leave(browser, txn);

    assertThat(show(handle))
        .isEqualTo(
            Map.of(
                "login_hint", "ana & ben", "ui_locales", "es", "max_age", 300, "expires_in", 600));
    var plain = at.leave(browser, browser.arrive(PortalDeployment.SCOPE));
    assertThat(show(plain)).isEqualTo(Map.of("expires_in", 600));
  }

  @Test
  void whoSignedInTooLongAgoForTheAppIsSentThereOnceMore() {
    var txn = browser.arriveWishing(PortalDeployment.SCOPE, "max_age", "300");
    var old = at.ana("auth_time", at.local().clock().seconds() - 3600);

    var again =
        OwnPageDeployment.handle(at.open(browser, at.accepted(at.leave(browser, txn), old)));

    assertThat(show(again)).containsEntry("prompt", "login");
    var unmoved = at.open(browser, at.accepted(again, old));
    assertThat(unmoved.status()).isEqualTo(403);
    assertThat(unmoved.body()).contains("You have to sign in once more");
    assertThat(at.open(browser, at.accepted(at.leave(browser, txn), at.ana())).path())
        .isEqualTo("/interaction/consent");
  }

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
    assertThat(own.page(Map.of("command", "show", "handle", handle)).answer())
        .isEqualTo(Map.of("expires_in", 1));
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
  void thePageOfWhatSomebodySharesLeadsThereToo() {
    send("", "");
    var handle = OwnPageDeployment.handle(send("sign-in", ""));
    var back = at.accepted(handle, at.ana());
    assertThat(back).startsWith("https://latchkey.example/apps/portal?state=");

    assertThat(send("portal", back.split("\\?", 2)[1]).location())
        .isEqualTo("https://latchkey.example/apps");
    assertThat(send("", "").body()).contains("Ana Silva");
  }

  @Test
  void thePersonKeepsTheirSubjectAndAnotherIsAnother() {
    assertThat(subject("4711")).isEqualTo(subject("4711")).isNotEqualTo(subject("4712"));
  }

  @Test
  void whatNobodyHandedOutIsNoHandle() {
    assertInvalid(at.page(Map.of("command", "show", "handle", "not-a-secret-guess")));
    assertInvalid(at.accept("", at.ana()));
  }

  private static Map<String, Object> show(String handle) {
    return at.page(Map.of("command", "show", "handle", handle)).answer();
  }

  private static void assertInvalid(Invocation answer) {
    assertThat(answer.answer()).containsEntry("error", "invalid_handle");
    assertThat(answer.log()).singleElement().asString().contains("invalid_handle");
  }

  private static String subject(String sub) {
    var browser = at.browser();
    var txn = browser.arrive(PortalDeployment.SCOPE);
    at.open(browser, at.accepted(at.leave(browser, txn), at.ana("sub", sub)));
    return browser.subject(at.local().clock().instant());
  }

  private TestBrowser.Answer send(String action, String query) {
    var path = action.isEmpty() ? "/apps" : "/apps/" + action;
    return browser.send(new AppsFunction(at.wiring()), "GET", path, query, "", action);
  }
}
