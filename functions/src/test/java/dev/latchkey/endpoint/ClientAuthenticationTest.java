package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.event.OperatorEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    assertRefused(answer, 401, "invalid_client");
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
    assertRefused(answer, 401, "invalid_client");
  }

  @Test
  void t25_otherWaysToClaimAClientAreRefused() {
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var basic = Grants.basic(TestClients.WEB.value(), TestClients.WEB_SECRET);
    assertRefused(grants.webExchange(code).to(function), 401, "invalid_client");
    assertRefused(
        grants.webExchange(code).with("client_id", TestClients.WEB.value()).to(function),
        401,
        "invalid_client");
    assertRefused(
        grants.webExchange(code).with("client_id", "nobody").to(function), 401, "invalid_client");
    assertRefused(
        grants
            .webExchange(code)
            .header("authorization", basic)
            .with("client_secret", "x")
            .to(function),
        400,
        "invalid_request");
    assertRefused(
        grants
            .webExchange(code)
            .header("authorization", basic)
            .with("client_id", "other")
            .to(function),
        400,
        "invalid_request");
    assertRefused(
        grants.exchange(grants.nativeCode()).with("client_secret", "x").to(function),
        401,
        "invalid_client");
  }

  @Test
  void t25_anAppThatRegisteredForTheHeaderDoesNotPostItsSecret() {
    var web = TestClients.as(new ClientId("test-header-only"), TestClients.webApp());
    var credentials = web.credentials();
    local.seed(
        web.with(
            new ClientCredentials(
                Set.of(AuthenticationMethod.CLIENT_SECRET_BASIC),
                credentials.secrets(),
                credentials.keys(),
                credentials.algorithms(),
                false)));

    assertRefused(
        grants
            .webExchange("no-code")
            .with("client_id", web.id().value())
            .with("client_secret", TestClients.WEB_SECRET)
            .to(function),
        401,
        "invalid_client");
    assertRefused(withSecret(web.id(), TestClients.WEB_SECRET), 400, "invalid_grant");
  }

  @Test
  void t24_guessingASecretFindsNothingAndKeepsNobodyOut() {
    local.clock().set(MutableClock.START);
    local.events().reset();
    var guesses = new ArrayList<Answer>();
    for (int guess = 0; guess < 1000; guess++) {
      guesses.add(withSecret(TestClients.WEB, "guess-" + guess));
    }

    assertThat(local.calls().writes()).isZero();
    assertThat(guesses.subList(0, 20)).allSatisfy(g -> assertRefused(g, 401, "invalid_client"));
    assertThat(guesses.subList(20, 1000))
        .allSatisfy(g -> assertRefused(g, 429, "temporarily_unavailable"))
        .allSatisfy(g -> assertThat(g.header("retry-after")).isEqualTo("2"));
    assertThat(local.events().events().subList(0, 20))
        .containsOnly(OperatorEvent.invalidClient(TestClients.WEB.value()));
    assertThat(local.events().events().subList(20, local.events().events().size()))
        .containsExactly(
            new OperatorEvent(OperatorEvent.Kind.WRONG_SECRETS, TestClients.WEB.value(), "", -1));
    assertRefused(withSecret(TestClients.WEB, TestClients.WEB_SECRET), 400, "invalid_grant");
    assertRefused(withSecret(TestClients.WEB, "guess"), 429, "temporarily_unavailable");
  }

  /// A stranger's name is in no log: it could be anything, a token too.
  @Test
  void operatorsAreToldOfEachClientThatDoesNotProveItself() {
    local.clock().set(MutableClock.START.plusSeconds(1200));
    local.events().reset();

    assertRefused(withSecret(TestClients.WEB, "guess"), 401, "invalid_client");
    assertRefused(withSecret(new ClientId("a-stranger"), "guess"), 401, "invalid_client");
    assertRefused(
        grants
            .webExchange("no-code")
            .with("client_assertion", "no assertion")
            .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            .to(function),
        401,
        "invalid_client");
    assertRefused(withSecret(TestClients.WEB, TestClients.WEB_SECRET), 400, "invalid_grant");

    assertThat(local.events().events())
        .containsExactly(
            OperatorEvent.invalidClient(TestClients.WEB.value()),
            OperatorEvent.invalidClient(""),
            OperatorEvent.invalidClient(""));
  }

  @Test
  void t24_wrongSecretsAreCountedForEachClientAndMinute() {
    local.clock().set(MutableClock.START.plusSeconds(600));
    for (int guess = 0; guess < 21; guess++) {
      var _ = withSecret(TestClients.WEB, "guess");
    }
    assertRefused(withSecret(TestClients.WEB, "guess"), 429, "temporarily_unavailable");

    var other = TestClients.as(new ClientId("test-other-web"), TestClients.webApp());
    local.seed(other);
    assertRefused(withSecret(other.id(), "guess"), 401, "invalid_client");
    assertRefused(withSecret(new ClientId("nobody"), "guess"), 401, "invalid_client");
    local.clock().advance(Duration.ofSeconds(60));
    assertRefused(withSecret(TestClients.WEB, "guess"), 401, "invalid_client");
  }

  @Test
  void ofTwoSecretsBothWorkUntilOneEnds() {
    var now = local.clock().seconds();
    var hashing = local.wiring().secretHashing();
    var id = new ClientId("test-rotating");
    var web = TestClients.as(id, TestClients.webApp());
    var secrets =
        List.of(
            new ClientSecret(hashing.hash("not-a-secret-old"), now, now + 10),
            ClientSecret.of(hashing.hash("not-a-secret-new"), now));
    local.wiring().stores().clients().put(web.with(web.credentials().withSecrets(secrets)));

    assertRefused(withSecret(id, "not-a-secret-old"), 400, "invalid_grant");
    assertRefused(withSecret(id, "not-a-secret-new"), 400, "invalid_grant");
    local.clock().advance(Duration.ofSeconds(10));
    assertRefused(withSecret(id, "not-a-secret-old"), 401, "invalid_client");
    assertRefused(withSecret(id, "not-a-secret-new"), 400, "invalid_grant");
  }

  @Test
  void anAppThatIsSwitchedOffOrPastItsTimeIsUnknown() {
    var now = local.clock().seconds();
    var web = TestClients.as(new ClientId("test-off"), TestClients.webApp());
    local.seed(web.with(web.registration().disabled(true)));
    assertRefused(withSecret(web.id(), TestClients.WEB_SECRET), 401, "invalid_client");
    local.seed(web.with(web.registration().expiringAt(now)));
    assertRefused(withSecret(web.id(), TestClients.WEB_SECRET), 401, "invalid_client");
    local.seed(web.with(web.registration().expiringAt(now + 1)));
    assertRefused(withSecret(web.id(), TestClients.WEB_SECRET), 400, "invalid_grant");

    var phone = TestClients.as(new ClientId("test-off-native"), TestClients.nativeApp());
    local.seed(phone.with(phone.registration().disabled(true)));
    assertRefused(
        grants.changed("no code", "client_id", phone.id().value()).to(function),
        401,
        "invalid_client");
  }

  private static Answer withSecret(ClientId id, String secret) {
    return grants
        .webExchange("no-code")
        .header("authorization", Grants.basic(id.value(), secret))
        .to(function);
  }
}
