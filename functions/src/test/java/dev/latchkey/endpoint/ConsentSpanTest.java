package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// For how long a patient lets an app keep lasting access.
class ConsentSpanTest {
  private static final String OBSERVATIONS = "patient/Observation.rs";
  private static final String SCOPE = "launch/patient offline_access " + OBSERVATIONS;

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.webApp()).seed(TestUsers.ana());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  private String signedIn() {
    var txn = browser.arrive("test-web", TestClients.WEB_REDIRECT, SCOPE);
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    return txn;
  }

  private CodeBinding granted(TestBrowser.Answer answer) {
    var code = Objects.requireNonNull(answer.parameter("code"));
    return local.wiring().stores().codes().find(SecretHash.of(code)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"year,366", "three-months,92", "month,31", "day,1"})
  void con3_thePatientChoosesForHowLong(String span, int days) {
    var txn = signedIn();
    assertThat(browser.open("consent", txn).body())
        .contains("How long at most", "<option value=\"" + span + "\">");

    var code = granted(allowFor(txn, span, OBSERVATIONS, "offline_access"));

    assertThat(code.accessEndsAt()).isEqualTo(local.clock().seconds() + days * 86_400L);
  }

  @Test
  void con3_asLongAsPossibleIsTheChoiceUnlessAnotherIsMade() {
    var txn = signedIn();

    var code = granted(browser.allow(txn, List.of(OBSERVATIONS, "offline_access")));

    assertThat(code.accessEndsAt()).isEqualTo(Lifetimes.END_OF_TIME);
  }

  @Test
  void con3_aSpanThatWasNotOfferedIsRefused() {
    var answer = allowFor(signedIn(), "forever", OBSERVATIONS, "offline_access");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("The form was changed");
  }

  @Test
  void con3_theSpanShortensLastingAccessAlone() {
    var code = granted(allowFor(signedIn(), "day", OBSERVATIONS));

    assertThat(code.accessEndsAt()).isEqualTo(Lifetimes.END_OF_TIME);
  }

  @Test
  void con3_noRefreshGoesBeyondTheChosenEnd() {
    var txn = signedIn();
    var allowed = allowFor(txn, "day", OBSERVATIONS, "offline_access");
    var code = Objects.requireNonNull(allowed.parameter("code"));
    var endpoint = new TokenFunction(local.wiring());
    var grants = new Grants(local);
    var credentials = Grants.basic("test-web", TestClients.WEB_SECRET);
    var first = grants.webExchange(code).header("authorization", credentials).to(endpoint);
    assertThat(first.json()).containsEntry("refresh_token_expires_in", 86_400);

    local.clock().advance(Duration.ofHours(23));
    var second = grants.webRefresh(first.text("refresh_token")).to(endpoint);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).containsEntry("refresh_token_expires_in", 3600);

    local.clock().advance(Duration.ofHours(1));
    var late = grants.webRefresh(second.text("refresh_token")).to(endpoint);
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.text("error")).isEqualTo("invalid_grant");
  }

  private TestBrowser.Answer allowFor(String txn, String span, String... scopes) {
    var fields = new ArrayList<>(List.of("decision", "allow", "span", span));
    for (var scope : scopes) {
      fields.addAll(List.of("scope", scope));
    }
    return browser.submit("consent", txn, fields.toArray(String[]::new));
  }
}
