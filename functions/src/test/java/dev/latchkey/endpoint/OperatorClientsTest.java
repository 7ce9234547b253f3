package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientPage;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.operator.Operator;
import dev.latchkey.operator.OperatorStores;
import dev.latchkey.policy.Lifetimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands about registered apps. The events in `events/operator` show answers in full.
class OperatorClientsTest {
  private static final String WEB = TestClients.WEB.value();

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.nativeApp())
          .seed(TestClients.webApp())
          .seed(TestClients.resourceServer());
  private final ClientRegistry clients = local.wiring().stores().clients();
  private final TokenFunction tokens = new TokenFunction(local.wiring());
  private final OperatorFunction operator = new OperatorFunction(local.wiring());
  private final Grants grants = new Grants(local);

  @Test
  void listsEveryAppPageByPage() {
    var found = new ArrayList<String>();
    var request = new HashMap<String, Object>(Map.of("command", "list-clients", "limit", 2));
    Map<String, Object> answer;
    do {
      answer = OperatorCall.of(request).to(operator);
      found.addAll(names(answer));
      request.put("after", answer.getOrDefault("next", ""));
    } while (answer.containsKey("next"));

    assertThat(found).containsExactlyInAnyOrder("test-native", WEB, "test-server");
  }

  @Test
  void showsNothingByWhichASecretCouldBeTold() {
    var hash = clients.find(TestClients.WEB).orElseThrow().credentials().secrets().getFirst();

    var shown = operate("show-client", WEB);

    assertThat(shown.toString())
        .contains("client_secret_basic", TestClients.WEB_REDIRECT)
        .doesNotContain(hash.hash().value(), TestClients.WEB_SECRET);
  }

  @Test
  void aDisabledAppGetsNoTokenUntilItIsEnabledAgain() {
    var connected = grants.connectWeb(tokens);
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);

    operate("disable-client", WEB);

    Grants.assertRefused(
        grants.webRefresh(connected.text("refresh_token")).to(tokens), 401, "invalid_client");
    Grants.assertRefused(
        grants
            .webExchange(code)
            .header("authorization", Grants.basic(WEB, TestClients.WEB_SECRET))
            .to(tokens),
        401,
        "invalid_client");
    assertThat(isActive(connected)).as("ends by itself").isTrue();

    operate("enable-client", WEB);

    assertThat(grants.webRefresh(connected.text("refresh_token")).to(tokens).status())
        .isEqualTo(200);
  }

  @Test
  void disablingCanEndWhatTheAppHas() {
    var connected = grants.connectWeb(tokens);

    var answer =
        OperatorCall.of(Map.of("command", "disable-client", "client", WEB, "revoke", true))
            .to(operator);

    assertThat((List<?>) answer.get("changes")).hasSize(2);
    assertThat(isActive(connected)).isFalse();
    operate("enable-client", WEB);
    Grants.assertRefused(
        grants.webRefresh(connected.text("refresh_token")).to(tokens), 400, "invalid_grant");
  }

  @Test
  void whatWasSoBeforeIsNoChange() {
    operate("disable-client", WEB);
    local.calls().reset();

    assertThat(operate("disable-client", WEB)).containsEntry("changes", List.of());
    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void anAppThatSomebodyVouchesForDoesNotEndUnused() {
    var app = TestClients.nativeApp();
    local.seed(app.with(app.registration().at(IdentityLevel.UNVERIFIED).expiringAt(7)));

    operate("verify-client", app.id().value());

    var registration = clients.find(app.id()).orElseThrow().registration();
    assertThat(registration.level()).isEqualTo(IdentityLevel.VERIFIED);
    assertThat(registration.expiresAt()).isEqualTo(Lifetimes.END_OF_TIME);
  }

  @ParameterizedTest
  @CsvSource({
    "show-client",
    "disable-client",
    "enable-client",
    "verify-client",
    "rotate-client-secret",
    "remove-app"
  })
  void anAppThatIsNotThereIsSaidToBe(String command) {
    assertThat(OperatorCall.of(Map.of("command", command, "client", "nobody")).to(operator))
        .containsOnly(
            entry("error", "unknown_app"), entry("description", "There is no app nobody."));
  }

  @ParameterizedTest
  @CsvSource({"disable-client", "verify-client", "rotate-client-secret"})
  void aDryRunChangesNothing(String command) {
    var web = TestClients.hashed(TestClients.webApp(), local.wiring().secretHashing());
    var before = web.with(web.registration().at(IdentityLevel.REGISTERED));
    local.seed(before);
    local.calls().reset();

    var answer =
        OperatorCall.of(Map.of("command", command, "client", WEB, "dryRun", true)).to(operator);

    assertThat(answer).containsEntry("outcome", "dry-run").doesNotContainKey("client_secret");
    assertThat((List<?>) answer.get("changes")).isNotEmpty();
    assertThat(local.calls().writes()).isZero();
    assertThat(clients.find(TestClients.WEB)).contains(before);
  }

  @ParameterizedTest
  @CsvSource({"disable-client", "verify-client", "rotate-client-secret"})
  void whatSomebodyElseChangedMeanwhileStays(String command) {
    var web = TestClients.webApp();
    clients.put(web.with(web.registration().at(IdentityLevel.REGISTERED)));
    var stores = local.wiring().stores();
    var late =
        Operator.over(
            local.wiring().tokenKeys(),
            local.wiring().signingKeys(),
            new OperatorStores(
                stores.families(),
                stores.cutoffs(),
                new Overtaken(clients),
                stores.initialAccessTokens(),
                stores.windowKeys()),
            local.wiring().registration(),
            local.wiring().secretHashing(),
            local.clock(),
            local.wiring().entropy());

    assertThat(late.run(Map.of("command", command, "client", WEB)).members())
        .containsEntry("error", "changed_meanwhile")
        .doesNotContainKey("client_secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"command\": \"list-clients\", \"limit\": 0}|limit has to be between 1 and 100.",
        "{\"command\": \"list-clients\", \"limit\": 101}|limit has to be between 1 and 100.",
        "{\"command\": \"list-clients\", \"after\": 1}|Send after as a string.",
        "{\"command\": \"verify-client\", \"client\": \"a\", \"identity\": \"VERIFIED\"}|Send"
            + " identity as one of: registered, unverified, verified.",
        "{\"command\": \"rotate-client-secret\", \"client\": \"a\", \"overlapHours\":"
            + " -1}|overlapHours has to be between 0 and 2160.",
        "{\"command\": \"rotate-client-secret\", \"client\": \"a\", \"overlap\": 1}|This command"
            + " takes nothing but: client, command, dryRun, overlapHours.",
      })
  void whatCannotBeReadIsRefusedWithWhatToFix(String payload, String description) {
    local.calls().reset();

    assertThat(new OperatorCall(payload).to(operator))
        .containsOnly(entry("error", "invalid_request"), entry("description", description));
    assertThat(local.calls().counts()).isEmpty();
  }

  private Map<String, Object> operate(String command, String client) {
    var answer = OperatorCall.of(Map.of("command", command, "client", client)).to(operator);
    assertThat(answer).containsEntry("outcome", "done");
    return answer;
  }

  private boolean isActive(Answer granted) {
    return Boolean.TRUE.equals(
        Call.post("/introspect")
            .with("token", granted.text("access_token"))
            .header(
                "authorization", Grants.basic(TestClients.SERVER.value(), TestClients.WEB_SECRET))
            .to(new IntrospectFunction(local.wiring()))
            .json()
            .get("active"));
  }

  private static List<String> names(Map<String, Object> answer) {
    var list = (List<?>) Objects.requireNonNull(answer.get("clients"));
    return list.stream().map(app -> String.valueOf(((Map<?, ?>) app).get("client_id"))).toList();
  }

  /// Somebody changes each app right after it was read.
  private record Overtaken(ClientRegistry clients) implements ClientRegistry {
    @Override
    public Optional<Client> find(ClientId id) {
      return clients.find(id);
    }

    @Override
    public void put(Client client) {
      clients.put(client);
    }

    @Override
    public boolean replace(Client seen, Client changed) {
      clients.put(seen.withScopes(TestClients.resourceServer().scopes()));
      return clients.replace(seen, changed);
    }

    @Override
    public ClientPage list(Optional<ClientId> after, int limit) {
      return clients.list(after, limit);
    }

    @Override
    public void remove(ClientId id) {
      clients.remove(id);
    }
  }
}
