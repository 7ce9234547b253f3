package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.GrantType;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where access tokens that a window key signed are taken, each time by an instance that has read
/// nothing yet.
class WindowTokenUseTest extends WindowKeySuite {
  @Test
  void itIsExchangedForANarrowerOneOfAWindowKey() {
    local.seed(TestClients.webApp().withGrantTypes(EnumSet.allOf(GrantType.class)));
    connectedByWindow();
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var web = Grants.basic(TestClients.WEB.value(), TestClients.WEB_SECRET);
    var token =
        grants.webExchange(code).header("authorization", web).to(tokens).text("access_token");
    assertThat(algorithm(token)).isEqualTo("ES256");

    var exchanged =
        Call.post("/token")
            .header("authorization", web)
            .with("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
            .with("subject_token", token)
            .with("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            .with("scope", "patient/Observation.r")
            .to(new TokenFunction(local.another()));

    assertThat(exchanged.status()).isEqualTo(200);
    assertThat(algorithm(exchanged.text("access_token"))).isEqualTo("ES256");
    assertThat(introspected(exchanged.text("access_token")))
        .containsEntry("active", true)
        .containsEntry("scope", "patient/Observation.r");
  }

  @Test
  void introspectionHealthLakeAndAGatewayTakeItUntilItsKeyIsDropped() {
    var token = connectedByWindow().text("access_token");

    assertThat(introspected(token)).containsEntry("active", true);
    assertThat(healthLake(token).object("authPayload").get("isAuthorized")).isEqualTo("true");
    assertThat(gateway(token).answer()).containsEntry("isAuthorized", true);

    var dropped = OperatorCall.of("drop-window-keys").to(new OperatorFunction(local.another()));
    assertThat(dropped).containsEntry("outcome", "done");
    assertThat(introspected(token)).isEqualTo(Map.of("active", false));
    assertThat(healthLake(token).object("authPayload").get("isAuthorized")).isEqualTo("false");
    assertThat(gateway(token).answer()).isEqualTo(Map.of("isAuthorized", false));
  }

  private Invocation healthLake(String token) {
    return Invocation.of(
        new HealthLakeFunction(
            local.another(), HealthLakeDeployment.policy(Optional.empty(), false)),
        """
        {"datastoreEndpoint": "%s/fhir/", "operationName": "ReadResource", "bearerToken": "%s"}
        """
            .formatted(LocalWiring.ISSUER, token));
  }

  private Invocation gateway(String token) {
    return Invocation.of(
        new AuthorizerFunction(local.another()),
        GatewayRequest.get("/fhir/Observation/1").bearer(token).event());
  }
}
