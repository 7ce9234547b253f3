package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The demo app of the start page, walked through as a person does.
class DemoFlowTest {
  private static final RunningSandbox SANDBOX = RunningSandbox.jdbc();

  private final PatientBrowser browser = new PatientBrowser(SANDBOX.baseUrl().toString());

  @Test
  void theStartPageLeadsToWhatTheTokenOpens() {
    var result = connect("kendal", _ -> true);
    assertThat(result.isAt("/demo/result")).as(result.body()).isTrue();
    assertThat(result.page().select(".scopes code").eachText())
        .contains("patient/Observation.rs", "offline_access");
    assertThat(row(result, "The patient")).contains("200", "Kendal125 Reynolds644");
    assertThat(row(result, "Lab results")).contains("200");
    assertThat(row(result, "Vaccinations")).contains("403");
    assertThat(row(result, "Somebody else")).containsAnyOf("403", "404");
  }

  @Test
  void whatWasUntickedStaysShut() {
    var result = connect("kendal", scope -> !scope.contains("Condition"));
    assertThat(row(result, "Health problems")).contains("403");
    assertThat(row(result, "Prescriptions")).contains("200");
    assertThat(result.page().select(".scopes.missing code").eachText())
        .containsExactly("patient/Condition.rs");
  }

  @Test
  void refreshReplacesTheRefreshToken() {
    var refreshed = browser.press(connect("mia", _ -> true), "/demo/refresh");
    assertThat(notice(refreshed)).contains("a new refresh token took the place");
    assertThat(row(refreshed, "The patient")).contains("200");
  }

  @Test
  void revokedAccessIsGone() {
    var revoked = browser.press(connect("mia", _ -> true), "/demo/revoke");
    assertThat(revoked.page().select("h1").text()).contains("gave its access back");
    assertThat(row(revoked, "The patient")).contains("401");
    var refused = browser.press(revoked, "/demo/refresh");
    assertThat(notice(refused)).contains("invalid_grant");
  }

  @Test
  void withoutLastingAccessThereIsNoRefreshButton() {
    var result = connect("mia", scope -> !scope.equals("offline_access"));
    assertThat(result.page().select("form[action=/demo/refresh]")).isEmpty();
    assertThat(row(result, "The patient")).contains("200");
  }

  @Test
  void aNoIsToldAsANo() {
    var answer = browser.open(consent("kendal", _ -> true, "deny").uri().toString());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.page().text()).contains("Access was not allowed");
  }

  @Test
  void anAnswerIsAcceptedOnceAndOnlyFromTheBrowserThatBegan() {
    var callback = consent("kendal", _ -> true, "allow").uri().toString();
    var stranger = new PatientBrowser(SANDBOX.baseUrl().toString());
    assertThat(stranger.open(callback).status()).isEqualTo(400);
    assertThat(browser.open(callback).isAt("/demo/result")).isTrue();
    assertThat(browser.open(callback).status()).isEqualTo(400);
  }

  @Test
  void anAnswerWithAnotherStateOrIssuerIsRefused() {
    var callback = consent("kendal", _ -> true, "allow").uri().toString();
    var elsewhere = callback.replaceFirst("iss=[^&]*", "iss=https%3A%2F%2Fevil.example");
    assertThat(browser.open(elsewhere).status()).isEqualTo(400);
    assertThat(browser.open(callback.replaceFirst("state=", "state=x")).status()).isEqualTo(400);
    assertThat(browser.open(callback).isAt("/demo/result")).isTrue();
  }

  /// OpenID Connect RP-Initiated Logout 1.0, as the demo app does it.
  @Test
  void theAppSignsThePersonOutAndTheyComeBackToIt() {
    var end = browser.press(connect("mia", _ -> true), "/demo/sign-out");

    assertThat(end.uri()).isEqualTo(SANDBOX.baseUrl().resolve("/demo/signed-out"));
    assertThat(end.page().select("h1").text()).isEqualTo("You left the demo app");
    assertThat(browser.open(SANDBOX.baseUrl() + "/demo").isAt("/interaction/sign-in")).isTrue();
    assertThat(browser.open(SANDBOX.baseUrl() + "/demo/result").uri().getPath()).isEqualTo("/");
  }

  @Test
  void refreshedTokensHaveNoIdTokenSoThePersonIsAskedFirst() {
    var result = browser.press(connect("mia", _ -> true), "/demo/refresh");

    var asked = browser.press(result, "/demo/sign-out");

    assertThat(asked.isAt("/logout")).as(asked.body()).isTrue();
    assertThat(asked.page().text()).contains("The app Demo browser app asks to sign you out here.");
    assertThat(browser.press(asked, "/logout").isAt("/demo/signed-out")).isTrue();
  }

  private Arrival connect(String username, Predicate<String> ticked) {
    return browser.open(consent(username, ticked, "allow").uri().toString());
  }

  /// Where the browser is sent after the consent page: the demo's callback.
  private Arrival consent(String username, Predicate<String> ticked, String decision) {
    var signIn = browser.press(browser.open(SANDBOX.baseUrl() + "/"), "/demo");
    assertThat(signIn.isAt("/interaction/sign-in")).as(signIn.body()).isTrue();
    var typed = Map.of("username", username, "password", "sandbox-" + username);
    var consent = browser.submit(signIn, typed, ticked, decision);
    assertThat(consent.isAt("/interaction/consent")).as(consent.body()).isTrue();
    return browser.submit(consent, Map.of(), ticked, decision);
  }

  private static String row(Arrival result, String heading) {
    return result.page().select("tr:has(th:contains(" + heading + "))").text();
  }

  private static String notice(Arrival result) {
    return result.page().select("[role=status]").text();
  }
}
