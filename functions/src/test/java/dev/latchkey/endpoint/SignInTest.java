package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.SandboxSignIn.SCOPE;
import static dev.latchkey.endpoint.TestBrowser.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import org.junit.jupiter.api.Test;

/// Sign-in with a user name and a password, as a sandbox has it.
class SignInTest {
  private final SandboxSignIn at = SandboxSignIn.start();
  private final LocalWiring local = at.local();
  private final TestBrowser browser = at.browser();

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
