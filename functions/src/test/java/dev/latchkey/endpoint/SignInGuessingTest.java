package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.SandboxSignIn.SCOPE;
import static dev.latchkey.endpoint.TestBrowser.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.policy.SignInPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wrong names and passwords: what is said of them, and how guessing is slowed down.
class SignInGuessingTest {
  private static final String WRONG = "This user name or password is not right.";

  private final SandboxSignIn at = SandboxSignIn.start();
  private final LocalWiring local = at.local();
  private final TestBrowser browser = at.browser();

  @Test
  void unknownUserAndWrongPasswordGetTheSamePage() {
    var txn = browser.arrive(SCOPE);

    var wrong = browser.submit("sign-in", txn, "username", "ana", "password", "nonsense");
    var unknown = browser.submit("sign-in", txn, "username", "zoe", "password", "nonsense");

    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.body()).contains(WRONG);
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.body()).isEqualTo(wrong.body().replace("value=\"ana\"", "value=\"zoe\""));
    assertThat(browser.cookies()).doesNotContainKey(SESSION);
  }

  @ParameterizedTest
  @CsvSource({"'',secret", "ana,''", "' ',secret", "'',''"})
  void bothFieldsAreNeeded(String username, String password) {
    var answer =
        browser.submit(
            "sign-in", browser.arrive(SCOPE), "username", username, "password", password);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Type both your user name and your password.");
  }

  @Test
  void aUserNameOrPasswordOfAbsurdLengthIsJustWrong() {
    var txn = browser.arrive(SCOPE);
    local.calls().reset();

    var answers =
        List.of(
            browser.submit("sign-in", txn, "username", "a".repeat(101), "password", "x"),
            browser.submit("sign-in", txn, "username", "ana", "password", "x".repeat(201)));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.body()).contains(WRONG));
    assertThat(answers.getFirst().inputs("username").getFirst().length()).isLessThanOrEqualTo(100);
  }

  @Test
  void guessingIsSlowedDownAndTheRightPasswordWorksAfterTheWait() {
    var txn = browser.arrive(SCOPE);
    for (int i = 0; i < SignInPolicy.FREE_ATTEMPTS; i++) {
      browser.submit("sign-in", txn, "username", "ana", "password", "guess " + i);
    }

    var slowed = browser.submit("sign-in", txn, "username", "Ana", "password", TestUsers.PASSWORD);

    assertThat(slowed.status()).isEqualTo(429);
    assertThat(Integer.parseInt(slowed.headers().get("retry-after"))).isBetween(1, 900);
    assertThat(slowed.body()).contains("too many tries with this user name", "second");
    assertThat(browser.cookies()).doesNotContainKey(SESSION);

    local
        .clock()
        .advance(Duration.ofSeconds(Integer.parseInt(slowed.headers().get("retry-after"))));
    var right = browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    assertThat(right.status()).isEqualTo(303);
  }

  @Test
  void guessingOnANameThatDoesNotExistIsSlowedDownAlike() {
    var txn = browser.arrive(SCOPE);
    for (int i = 0; i < SignInPolicy.FREE_ATTEMPTS; i++) {
      browser.submit("sign-in", txn, "username", "zoe", "password", "guess " + i);
    }

    assertThat(browser.submit("sign-in", txn, "username", "zoe", "password", "x").status())
        .isEqualTo(429);
    assertThat(browser.submit("sign-in", txn, "username", "ben", "password", "x").status())
        .isEqualTo(403);
  }

  @Test
  void aRightPasswordForgetsTheWrongOnes() {
    for (int round = 0; round < 3; round++) {
      var fresh = new TestBrowser(local.wiring());
      var txn = fresh.arrive(SCOPE);
      for (int i = 0; i < SignInPolicy.FREE_ATTEMPTS - 1; i++) {
        fresh.submit("sign-in", txn, "username", "ana", "password", "guess");
      }
      var right = fresh.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
      assertThat(right.status()).isEqualTo(303);
    }
  }
}
