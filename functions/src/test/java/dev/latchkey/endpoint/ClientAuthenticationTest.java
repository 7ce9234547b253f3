package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may use the token endpoint.
class ClientAuthenticationTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction function = new TokenFunction(local.wiring());
  private static final Grants grants = new Grants(local);

  @BeforeAll
  static void seed() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp()).seed(TestClients.webApp());
    assertThat(grants.connect(function).status()).isEqualTo(200);
  }

  @BeforeEach
  void reset() {
    local.calls().reset();
  }

  @Test
  void bothWaysOfSendingASecretWork() {
    assertThat(grants.connectWeb(function).json()).containsEntry("expires_in", 3600);
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var posted =
        grants
            .webExchange(code)
            .with("client_id", TestClients.WEB.value())
            .with("client_secret", TestClients.WEB_SECRET)
            .to(function);
    assertThat(posted.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", "web-secret-for-tests-onl"})
  void aWrongSecretIsRefusedBeforeTheCodeIsLookedAt(String secret) {
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var answer =
        grants
            .webExchange(code)
            .header("authorization", Grants.basic(TestClients.WEB.value(), secret))
            .to(function);
    Grants.assertRefused(answer, 401, "invalid_client");
    assertThat(answer.header("www-authenticate")).startsWith("Basic ");
    assertThat(
            grants
                .webExchange(code)
                .header(
                    "authorization", Grants.basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
                .to(function)
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer x", "Basic Og=="})
  void aBrokenAuthorizationHeaderIsInvalidClient(String header) {
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var answer = grants.webExchange(code).header("authorization", header).to(function);
    Grants.assertRefused(answer, 401, "invalid_client");
  }

  @Test
  void otherWaysToClaimAClientAreRefused() {
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var basic = Grants.basic(TestClients.WEB.value(), TestClients.WEB_SECRET);
    Grants.assertRefused(grants.webExchange(code).to(function), 401, "invalid_client");
    Grants.assertRefused(
        grants.webExchange(code).with("client_id", TestClients.WEB.value()).to(function),
        401,
        "invalid_client");
    Grants.assertRefused(
        grants.webExchange(code).with("client_id", "nobody").to(function), 401, "invalid_client");
    Grants.assertRefused(
        grants
            .webExchange(code)
            .header("authorization", basic)
            .with("client_secret", "x")
            .to(function),
        400,
        "invalid_request");
    Grants.assertRefused(
        grants
            .webExchange(code)
            .header("authorization", basic)
            .with("client_id", "other")
            .to(function),
        400,
        "invalid_request");
    Grants.assertRefused(
        grants.exchange(grants.nativeCode()).with("client_secret", "x").to(function),
        401,
        "invalid_client");
  }
}
