package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.events.LambdaContext;
import dev.latchkey.http.Json;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An operator registers apps.
class CreateClientTest {
  private static final String WEB =
      """
      {"command": "create-client", "metadata": {"client_name": "Example Hospital",
       "application_type": "web", "redirect_uris": ["https://hospital.example/callback"],
       "scope": "launch/patient openid offline_access patient/*.rs"}%s}
      """;

  private final LocalWiring local = LocalWiring.start();
  private final OperatorFunction operator = new OperatorFunction(local.wiring());
  private final LambdaContext log = new LambdaContext();

  @Test
  void theAppProvesItselfWithTheSecretThatWasShown() {
    var answer = send(WEB.formatted(""));

    var secret = String.valueOf(answer.get("client_secret"));
    assertThat(error(String.valueOf(answer.get("client_id")), secret)).isEqualTo("invalid_grant");
    assertThat(error(String.valueOf(answer.get("client_id")), secret + "x"))
        .isEqualTo("invalid_client");
    assertThat(log.lines().toString())
        .contains(String.valueOf(answer.get("client_id")))
        .doesNotContain(secret);
    assertThat(client(answer).registration().level()).isEqualTo(IdentityLevel.VERIFIED);
  }

  @Test
  void whatOnlyAnOperatorSaysIsKept() {
    var answer =
        send(
            WEB.formatted(
                ", \"identity\": \"registered\", \"rotation\": \"never\", \"onReuse\": \"alarm\""));

    var client = client(answer);
    assertThat(client.registration().level()).isEqualTo(IdentityLevel.REGISTERED);
    assertThat(client.rules().overrides().rotation()).isEqualTo(TokenRotation.NEVER);
    assertThat(client.rules().overrides().onReuse()).isEqualTo(ReuseResponse.ALARM);
  }

  @Test
  void aBackendServiceGetsSystemScopes() {
    var answer =
        send(
            """
            {"command": "create-client", "issuerAudienceOnly": true, "metadata": {
             "client_name": "Nightly export", "grant_types": ["client_credentials"],
             "token_endpoint_auth_method": "private_key_jwt", "scope": "system/*.rs",
             "jwks_uri": "https://hospital.example/jwks.json"}}
            """);

    var client = client(answer);
    assertThat(answer).doesNotContainKey("client_secret");
    assertThat(client.grantTypes()).containsExactly(GrantType.CLIENT_CREDENTIALS);
    assertThat(client.scopes().spelled()).isEqualTo("system/*.rs");
    assertThat(client.credentials().issuerAudienceOnly()).isTrue();
  }

  @Test
  void aResourceServerHandsInNothingAndIntrospects() {
    var answer =
        send(
            """
            {"command": "create-client", "introspectsAll": true, "metadata": {
             "client_name": "FHIR server", "grant_types": []}}
            """);

    assertThat(client(answer).rules().introspectsAll()).isTrue();
    var introspected =
        Call.post("/introspect")
            .header(
                "authorization",
                Grants.basic(
                    String.valueOf(answer.get("client_id")),
                    String.valueOf(answer.get("client_secret"))))
            .with("token", "none")
            .to(new IntrospectFunction(local.wiring()));
    assertThat(introspected.json()).containsEntry("active", false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|invalid_request|Send metadata as a JSON object.",
        "{\"metadata\": []}|invalid_request|Send metadata as a JSON object.",
        "{\"metadata\": {\"client_name\": \"A\", \"grant_types\": []}}|invalid_client_metadata|The"
            + " grant_types hold authorization_code or client_credentials.",
        "{\"metadata\": {\"client_name\": \"A\", \"redirect_uris\":"
            + " [\"https://a.example/\"]}}|invalid_client_metadata|Send scope, the most that the"
            + " app may ask for.",
        "{\"metadata\": {\"client_name\": \"A\", \"scope\": \"patient/*.rs patient/everything\","
            + " \"redirect_uris\": [\"https://a.example/\"]}}|invalid_client_metadata|These are no"
            + " scopes here: patient/everything.",
        "{\"metadata\": {\"client_name\": \"A\", \"scope\": \"patient/*.rs\", \"redirect_uris\":"
            + " [\"https://a.example/\"], \"token_endpoint_auth_method\": \"none\"}, \"rotation\":"
            + " \"never\"}|invalid_request|A public client has no overrides and may not introspect"
            + " tokens of other apps.",
      })
  void whatCannotBeRegisteredIsRefusedAndWritesNothing(
      String members, String error, String description) {
    var request = new LinkedHashMap<>(Json.readObject(members));
    request.put("command", "create-client");

    assertThat(OperatorCall.of(request).to(operator))
        .containsEntry("error", error)
        .containsEntry("description", description);
    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void t22_anOperatorGivesANativeAppNoSecretEither() {
    var answer =
        new OperatorCall(
                WEB.formatted("")
                    .replace("\"web\"", "\"native\"")
                    .replace(
                        "\"scope\"",
                        "\"token_endpoint_auth_method\": \"client_secret_post\", \"scope\""))
            .to(operator);

    assertThat(answer).containsEntry("error", "invalid_client_metadata");
  }

  @Test
  void aDryRunChecksAndRegistersNothing() {
    var answer = send(WEB.formatted(", \"dryRun\": true"));

    assertThat(answer).containsEntry("outcome", "dry-run").doesNotContainKey("client_secret");
    assertThat(local.calls().counts()).isEmpty();
  }

  private Map<String, Object> send(String payload) {
    var answer = new OperatorCall(payload).to(operator, log);
    assertThat(answer).doesNotContainKey("error");
    return answer;
  }

  private Client client(Map<String, Object> answer) {
    var id = new ClientId(String.valueOf(answer.get("client_id")));
    return local.wiring().stores().clients().find(id).orElseThrow();
  }

  private String error(String client, String secret) {
    return Call.post("/token")
        .header("authorization", Grants.basic(client, secret))
        .with("grant_type", "refresh_token")
        .with("refresh_token", "none")
        .to(new TokenFunction(local.wiring()))
        .text("error");
  }
}
