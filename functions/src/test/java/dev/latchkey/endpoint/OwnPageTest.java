package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.OwnPageDeployment.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
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

    assertThat(at.show(handle))
        .isEqualTo(
            Map.of(
                "login_hint", "ana & ben", "ui_locales", "es", "max_age", 300, "expires_in", 600));
    var plain = at.leave(browser, browser.arrive(PortalDeployment.SCOPE));
    assertThat(at.show(plain)).isEqualTo(Map.of("expires_in", 600));
  }

  @Test
  void whoSignedInTooLongAgoForTheAppIsSentThereOnceMore() {
    var txn = browser.arriveWishing(PortalDeployment.SCOPE, "max_age", "300");
    var old = at.ana("auth_time", at.local().clock().seconds() - 3600);

    var again =
        OwnPageDeployment.handle(at.open(browser, at.accepted(at.leave(browser, txn), old)));

    assertThat(at.show(again)).containsEntry("prompt", "login");
    var unmoved = at.open(browser, at.accepted(again, old));
    assertThat(unmoved.status()).isEqualTo(403);
    assertThat(unmoved.body()).contains("You have to sign in once more");
    assertThat(at.open(browser, at.accepted(at.leave(browser, txn), at.ana())).path())
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
