package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.User;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.policy.SignInPolicy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
  private static final String SCOPE = "launch/patient openid fhirUser patient/Observation.rs";
  private static final String SESSION = "__Host-latchkey-session";
  private static final String WRONG = "This user name or password is not right.";

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana()).seed(TestUsers.ben());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  @Test
  void thePageNamesTheAppAndAsksForUserNameAndPassword() {
    var page = browser.open("sign-in", browser.arrive(SCOPE));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("<bdi>Test Native</bdi>", "name=\"username\"", "name=\"password\"")
        .contains("<label class=\"field\">User name", "<h1>Sign in</h1>", "<html lang=\"en\">")
        .doesNotContain("<script", "role=\"alert\"", "sandbox");
  }

  @Test
  void theHintOfTheAppIsOfferedAsUserName() {
    var txn =
        browser.arrive(
            "test-native", TestClients.NATIVE_REDIRECT, SCOPE, "login_hint", "ana\"><b>");

    assertThat(browser.open("sign-in", txn).body())
        .contains("value=\"ana&#34;>&lt;b>\"")
        .doesNotContain("<b>");
  }

  @Test
  void theRightPasswordLeadsOnUnderANewSession() {
    var txn = browser.arrive(SCOPE);

    var answer =
        browser.submit("sign-in", txn, "username", " ANA ", "password", TestUsers.PASSWORD);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location())
        .isEqualTo("https://latchkey.example/interaction/consent?txn=" + txn);
    assertThat(answer.cookies())
        .singleElement()
        .asString()
        .matches(SESSION + "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(browser.open("consent", txn).body()).contains("Signed in as <strong><bdi>Ana Silva");
  }

  @Test
  void theTransactionLeavesTheCookieThatItHadBeforeSignIn() {
    var txn = browser.arrive(SCOPE);
    var planted = new TestBrowser(local.wiring());
    planted.cookies().putAll(browser.cookies());

    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);

    assertThat(planted.open("sign-in", txn).status()).isEqualTo(403);
    assertThat(planted.open("consent", txn).status()).isEqualTo(403);
  }

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

  @Test
  void aSandboxWithoutTlsSaysThatItIsOneAndUsesPlainCookies() {
    var plain =
        LocalWiring.start("http://localhost:8080")
            .seed(TestClients.nativeApp())
            .seed(TestUsers.ana());
    var visitor = new TestBrowser(plain.wiring());

    var page = visitor.open("sign-in", visitor.arrive(SCOPE));
    visitor.signIn(SCOPE, "ana", TestUsers.PASSWORD);

    assertThat(page.body()).contains("a sandbox with made-up people");
    assertThat(visitor.cookies()).containsOnlyKeys("latchkey-browser", "latchkey-session");
  }
}
