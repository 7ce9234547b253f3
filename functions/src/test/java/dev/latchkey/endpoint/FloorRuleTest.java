package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.policy.SessionPolicy;
import org.junit.jupiter.api.Test;

/// The floor rule: an app on a device keeps access for long only with something that other apps on
/// the device do not have. The answer says what became of `offline_access`.
class FloorRuleTest {
  private static final long DAY = 86_400;

  private final ProvingApps apps = new ProvingApps();

  @Test
  void withoutAKeyAccessIsShortAndTheAnswerSaysSo() {
    var answer = apps.grants.connect(apps.tokens);

    assertThat(answer.json())
        .containsEntry("scope", Grants.SHORTENED)
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 600)
        .containsEntry("notice", LocalWiring.ISSUER + "/errors/short_lived_refresh");
    assertThat(lasting(answer)).isEqualTo(SessionPolicy.IDLE.toSeconds());
  }

  @Test
  void theNoticeIsAPageThatSaysWhatToDo() {
    var page =
        Call.get("/errors/short_lived_refresh")
            .pathParameter("code", "short_lived_refresh")
            .to(new MetadataFunction(apps.local.wiring()));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("DPoP", "dpop_jkt");
  }

  @Test
  void aShortGrantStaysShortHoweverOftenItIsRefreshed() {
    var first = apps.grants.connect(apps.tokens);
    apps.local.clock().advance(SessionPolicy.IDLE.dividedBy(2));

    var second = apps.grants.refresh(first.text("refresh_token")).to(apps.tokens);

    assertThat(second.json()).containsEntry("scope", Grants.SHORTENED);
    assertThat(lasting(second)).isLessThanOrEqualTo(SessionPolicy.IDLE.toSeconds());
    apps.local.clock().advance(SessionPolicy.IDLE);
    Grants.assertRefused(
        apps.grants.refresh(second.text("refresh_token")).to(apps.tokens), 400, "invalid_grant");
  }

  @Test
  void aKeyMakesItLong() {
    var answer = apps.connect();

    assertThat(answer.json())
        .containsEntry("scope", Grants.SCOPE)
        .containsEntry("token_type", "DPoP")
        .containsEntry("expires_in", 900)
        .doesNotContainKey("notice");
    assertThat(lasting(answer)).isEqualTo(100 * DAY);
  }

  @Test
  void anAddressThatOnlyItsMakerCanClaimMakesItLong() {
    var code = apps.grants.code(TestClients.CLAIMED, TestClients.BROWSER_REDIRECT, Grants.SCOPE);

    var answer = exchange(code, TestClients.CLAIMED, TestClients.BROWSER_REDIRECT);

    assertThat(answer.json())
        .containsEntry("scope", Grants.SCOPE)
        .containsEntry("token_type", "Bearer")
        .doesNotContainKey("notice");
    assertThat(lasting(answer)).isEqualTo(100 * DAY);
  }

  /// What was not asked for is not taken away either.
  @Test
  void nothingIsSaidToAnAppThatAskedForNoMore() {
    var code = apps.grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, Grants.SHORTENED);

    var answer = apps.grants.exchange(code).to(apps.tokens);

    assertThat(answer.json()).containsEntry("scope", Grants.SHORTENED).doesNotContainKey("notice");
  }

  private Answer exchange(String code, ClientId client, String redirectUri) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", redirectUri)
        .with("code_verifier", Grants.VERIFIER)
        .with("client_id", client.value())
        .to(apps.tokens);
  }

  private static long lasting(Answer answer) {
    return Long.parseLong(answer.text("refresh_token_expires_in"));
  }
}
