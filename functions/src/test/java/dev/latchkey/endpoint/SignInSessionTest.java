package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.SandboxSignIn.SCOPE;
import static dev.latchkey.endpoint.TestBrowser.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.User;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The session of whoever signed in: what it is good for, and when it ends.
class SignInSessionTest {
  private final SandboxSignIn at = SandboxSignIn.start();
  private final LocalWiring local = at.local();
  private final TestBrowser browser = at.browser();

  @Test
  void signingInAgainEndsTheSessionBefore() {
    browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    var before = browser.cookie(SESSION);
    var second = new TestBrowser(local.wiring());
    var txn = second.arrive(SCOPE);
    var page = second.open("sign-in", txn);
    second.cookies().put(SESSION, before);

    second.post(
        "sign-in",
        txn,
        page.inputs("csrf").getFirst(),
        "username",
        "ben",
        "password",
        TestUsers.PASSWORD);

    assertThat(second.cookies().get(SESSION)).isNotEqualTo(before);
    assertThat(
            local.wiring().stores().sessions().find(SecretHash.of(before), local.clock().instant()))
        .isEmpty();
  }

  @Test
  void con6_aBrowserThatIsSignedInGoesStraightToConsentAndIsAskedAgain() {
    browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    var session = browser.cookie(SESSION);
    var second = browser.arrive(SCOPE);

    var answer = browser.open("sign-in", second);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.path()).isEqualTo("/interaction/consent");
    assertThat(browser.cookie(SESSION)).isEqualTo(session);
    assertThat(browser.open("consent", second).body()).contains("Ana Silva", "Not you?");
  }

  /// Nothing is remembered, so no yes covers what was not asked then.
  @ParameterizedTest
  @ValueSource(strings = {"", " patient/Condition.rs"})
  void con6_aYesIsForOneRequestOnly(String more) {
    var first = browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    var allowed = browser.allow(first, List.of("patient/Observation.rs"));
    assertThat(allowed.parameter("code")).isNotBlank();
    var next = browser.arrive(SCOPE + more);

    assertThat(browser.open("sign-in", next).path()).isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", next).body()).contains("name=\"decision\" value=\"allow\"");
  }

  @Test
  void aSessionEndsWhenItIsNotUsed() {
    browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    local.clock().advance(SessionPolicy.IDLE);

    assertThat(browser.open("sign-in", browser.arrive(SCOPE)).status()).isEqualTo(200);
  }

  @Test
  void aSessionEndsAfterEightHoursEvenIfItIsUsed() {
    browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    for (int i = 0; i < 8 * 6 - 1; i++) {
      local.clock().advance(Duration.ofMinutes(10));
      var txn = browser.arrive(SCOPE);
      assertThat(browser.open("sign-in", txn).status()).isEqualTo(303);
      assertThat(browser.open("consent", txn).status()).isEqualTo(200);
    }
    local.clock().advance(Duration.ofMinutes(10));

    assertThat(browser.open("sign-in", browser.arrive(SCOPE)).status()).isEqualTo(200);
  }

  @Test
  void notYouEndsTheSessionAndLetsSomebodyElseSignIn() {
    var txn = browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    var session = browser.cookie(SESSION);

    var answer = browser.submit("sign-out", txn);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.path()).isEqualTo("/interaction/sign-in");
    assertThat(browser.cookies()).doesNotContainKey(SESSION);
    assertThat(
            local
                .wiring()
                .stores()
                .sessions()
                .find(SecretHash.of(session), local.clock().instant()))
        .isEmpty();
    browser.submit("sign-in", txn, "username", "ben", "password", TestUsers.PASSWORD);
    assertThat(browser.open("patient", txn).body()).contains("Signed in as <strong><bdi>Ben");
  }

  @Test
  void whoeverHasOnlyTheOldSessionCookieCannotGoOn() {
    var txn = browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    var copy = new TestBrowser(local.wiring());
    copy.cookies().putAll(browser.cookies());
    browser.submit("sign-out", txn);

    assertThat(copy.open("consent", txn).status()).isEqualTo(403);
  }

  @Test
  void anAccountThatWasReplacedMeanwhileIsSignedOut() {
    var txn = browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    var ana = TestUsers.ana();
    local.seed(
        new User(
            ana.username(),
            "sub-of-another",
            ana.name(),
            ana.passwordHash(),
            ana.fhirUser(),
            ana.patients()));

    var page = browser.open("consent", txn);

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.body()).contains("You are signed out");
  }
}
