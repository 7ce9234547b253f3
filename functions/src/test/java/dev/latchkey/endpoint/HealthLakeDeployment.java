package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.GrantType;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Json;
import dev.latchkey.resource.HealthLakePolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A data store of HealthLake that asks this server about each token.
final class HealthLakeDeployment {
  static final String STORE = LocalWiring.ISSUER + "/fhir/";
  static final String READING = "arn:aws:iam::000000000000:role/reading";
  static final String WRITING = "arn:aws:iam::000000000000:role/writing";

  final LocalWiring local;
  final TokenFunction tokens;
  final Grants grants;
  final SigningApp service = SigningApp.called("test-service");
  final HealthLakeFunction function;

  HealthLakeDeployment() {
    this(LocalWiring.start());
  }

  HealthLakeDeployment(LocalWiring local) {
    this.local = local;
    tokens = new TokenFunction(local.wiring());
    grants = new Grants(local);
    function = function(Optional.empty(), false);
    local
        .seed(TestClients.nativeApp())
        .seed(service.registered().withGrantTypes(Set.of(GrantType.CLIENT_CREDENTIALS)));
  }

  HealthLakeFunction function(Optional<String> writingRole, boolean widens) {
    return new HealthLakeFunction(local.wiring(), policy(writingRole, widens));
  }

  /// An instance that has read nothing yet.
  HealthLakeFunction another() {
    return new HealthLakeFunction(local.another(), policy(Optional.empty(), false));
  }

  /// With patience for a busy machine.
  static HealthLakePolicy policy(Optional<String> writingRole, boolean widens) {
    return new HealthLakePolicy(READING, writingRole, widens, Duration.ofSeconds(30));
  }

  String token(String scope) {
    var code = grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, scope);
    return grants.exchange(code).to(tokens).text("access_token");
  }

  String serviceToken(String scope) {
    return grants.serviceToken(service.id(), scope);
  }

  static Invocation ask(HealthLakeFunction function, String token) {
    return Invocation.of(function, event(STORE, token));
  }

  static String event(String store, String token) {
    var event = new LinkedHashMap<String, Object>();
    event.put("datastoreEndpoint", store);
    event.put("operationName", "ReadResource");
    event.put("bearerToken", token);
    return Json.write(event);
  }

  static String scope(Invocation invocation) {
    return String.valueOf(invocation.object("authPayload").get("scope"));
  }

  static void assertAllowed(Invocation invocation) {
    assertThat(invocation.object("authPayload").get("isAuthorized"))
        .as(invocation.log().toString())
        .isEqualTo("true");
  }

  static void assertRefused(Invocation invocation, String reason, ClientId client) {
    assertRefused(invocation, reason);
    assertThat(invocation.log()).singleElement().asString().contains(client.value());
  }

  static void assertRefused(Invocation invocation, String reason) {
    assertThat(invocation.answer())
        .isEqualTo(Map.of("authPayload", Map.of("isAuthorized", "false")));
    assertThat(invocation.log())
        .singleElement()
        .asString()
        .contains("\"healthlake_refused\"", "\"" + reason + "\"");
  }
}
