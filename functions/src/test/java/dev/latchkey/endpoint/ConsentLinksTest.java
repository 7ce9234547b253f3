package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Links of the consent page to the app's own pages (requirement CON-4, threat T60).
class ConsentLinksTest {
  private static final String POLICY = "https://web.example/privacy?a=1&b=2";
  private static final String TERMS = "https://terms.example:8443/";

  private final LocalWiring local = LocalWiring.start().seed(TestUsers.ana());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  private static Client app(@Nullable String policy, @Nullable String terms, IdentityLevel level) {
    var app = TestClients.webApp();
    return app.with(
            new ClientProfile(
                app.name(),
                "",
                "https://web.example",
                policy,
                terms,
                List.of(),
                null,
                List.of(),
                null,
                null))
        .with(app.registration().at(level));
  }

  private String page(Client app) {
    local.seed(app);
    var txn = browser.arrive("test-web", TestClients.WEB_REDIRECT, "patient/Goal.rs");
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    return browser.open("consent", txn).body();
  }

  private static List<String> addresses(String page) {
    return Pattern.compile("href=\"(?!/)([^\"]*)\"")
        .matcher(page)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void con4_thePageLeadsToThePrivacyPolicyAndTheTermsOfAnAppThatSomebodyAnswersFor() {
    for (var level : List.of(IdentityLevel.VERIFIED, IdentityLevel.REGISTERED)) {
      assertThat(page(app(POLICY, TERMS, level)))
          .contains(
              "<a href=\"https://web.example/privacy?a=1&amp;b=2\" target=\"_blank\""
                  + " rel=\"noopener noreferrer external\">Privacy policy</a> (web.example)")
          .contains("external\">Terms of use</a> (terms.example:8443)");
    }
    browser.sending("accept-language", "es");
    assertThat(page(app(POLICY, null, IdentityLevel.VERIFIED)))
        .contains(">Política de privacidad</a> (web.example)")
        .doesNotContain("Condiciones de uso");
  }

  @Test
  void t60_anAppThatNobodyAnswersForLeadsNowhere() {
    assertThat(addresses(page(app(POLICY, TERMS, IdentityLevel.UNVERIFIED)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://web.example/privacy",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:web.example",
        "//web.example/privacy"
      })
  void onlyHttpsIsLinked(String address) {
    assertThat(addresses(page(app(address, address, IdentityLevel.VERIFIED)))).isEmpty();
  }
}
