package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.TestBrowser.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestLaunches;
import dev.latchkey.launch.Launch;
import dev.latchkey.secret.SecretHash;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `prompt=none` where a deployment remembers consent (requirements AUZ-14 and CON-6, threat T21).
class WithoutPageTest extends RememberingDeployment {
  /// The app asks for no page, in the browser in which the patient last came.
  private TestBrowser.Answer withoutPage(String scope) {
    return withoutPage(browser, scope);
  }

  /// @return where it leads after the redirects in between
  private static TestBrowser.Answer withoutPage(TestBrowser of, String scope) {
    var answer =
        of.authorize("test-web", TestClients.WEB_REDIRECT, scope, Map.of("prompt", "none"));
    while (answer.status() == 303 && answer.path().startsWith("/interaction/")) {
      var step = answer.path().substring("/interaction/".length());
      answer = of.open(step, Objects.requireNonNull(answer.parameter("txn")));
    }
    return answer;
  }

  @Test
  void con6_withoutAPageAnAppGetsACodeForWhatItHolds() {
    connect(ALL);
    again("patient/Condition.rs");

    var answer = withoutPage(SCOPE);

    assertThat(answer.location()).startsWith(TestClients.WEB_REDIRECT + "?");
    var granted = exchange(answer, "test-web", TestClients.WEB_REDIRECT);
    assertThat(granted.scopes().spelled()).isEqualTo(SCOPE);
    assertThat(granted.launch().patientId()).contains("ana");
  }

  @ParameterizedTest
  @ValueSource(strings = {SCOPE + " patient/Condition.rs", SCOPE + " online_access"})
  void con6_withoutAPageNothingNewIsGranted(String more) {
    connect(ALL);
    again(SCOPE);

    var answer = withoutPage(more);

    assertThat(answer.location()).startsWith(TestClients.WEB_REDIRECT + "?");
    assertThat(answer.parameter("error")).isEqualTo("consent_required");
    assertThat(answer.parameter("state")).isNotNull();
    assertThat(answer.parameter("iss")).isEqualTo(LocalWiring.ISSUER);
    assertThat(answer.parameter("code")).isNull();
  }

  @Test
  void con6_whatWasRefusedWithoutAPageIsOver() {
    again(SCOPE);
    var txn = browser.arrive("test-web", TestClients.WEB_REDIRECT, SCOPE, "prompt", "none");
    browser.open("sign-in", txn);
    assertThat(browser.open("consent", txn).parameter("error")).isEqualTo("consent_required");

    assertThat(browser.open("consent", txn).body()).contains("It was answered already");
  }

  @Test
  void con6_withoutAPageNobodyChoosesARecord() {
    var other = new TestBrowser(wiring);
    exchange(other.allow(ofBen(other, "mia"), ALL), "test-web", TestClients.WEB_REDIRECT);

    assertThat(withoutPage(other, SCOPE).parameter("error")).isEqualTo("interaction_required");
  }

  @Test
  void con6_whoeverSignsOutInBetweenHasToSignIn() {
    connect(ALL);
    again(SCOPE);
    var txn = browser.arrive("test-web", TestClients.WEB_REDIRECT, SCOPE, "prompt", "none");
    browser.cookies().remove(SESSION);

    assertThat(browser.open("sign-in", txn).parameter("error")).isEqualTo("login_required");
  }

  @Test
  void con6_withoutAPageNoLaunchIsUsedUp() {
    connect(ALL);
    again(SCOPE);
    var launches = wiring.stores().launches();
    var handle = SecretHash.of("a launch");
    var launch = new Launch("sub-5f1c", TestLaunches.of("ana"));
    launches.open(handle, new ClientId("test-web"), launch, now() + 60);

    var answer =
        browser.authorize(
            "test-web",
            TestClients.WEB_REDIRECT,
            "launch patient/Goal.rs",
            Map.of("prompt", "none", "launch", "a launch"));

    assertThat(answer.parameter("error")).isEqualTo("consent_required");
    assertThat(launches.find(handle, new ClientId("test-web"), local.clock().instant()))
        .contains(launch);
  }

  @Test
  void con6_withoutAPageAndWithoutASessionNothingIsKept() {
    connect(ALL);
    browser.cookies().clear();
    local.calls().reset();

    assertThat(withoutPage(SCOPE).parameter("error")).isEqualTo("login_required");

    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void t21_withoutAPageAnAppThatCannotProveItselfGetsNothing() {
    local.seed(TestClients.nativeApp());
    connect(wiring, "test-native", TestClients.NATIVE_REDIRECT, ALL);
    again(SCOPE);
    local.calls().reset();

    var answer =
        browser.authorize(
            "test-native", TestClients.NATIVE_REDIRECT, SCOPE, Map.of("prompt", "none"));

    assertThat(answer.parameter("error")).isEqualTo("consent_required");
    assertThat(local.calls().writes()).isZero();
  }
}
