package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.GatewayDeployment.READ;
import static dev.latchkey.endpoint.GatewayDeployment.assertAllowed;
import static dev.latchkey.endpoint.GatewayDeployment.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.TestClients;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What API Gateway lets a token do, by method and path.
class AuthorizerPathsTest {
  private static final String LABORATORY =
      "?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

  private final GatewayDeployment gateway = new GatewayDeployment();

  @ParameterizedTest
  @CsvSource({
    "GET, /fhir/Observation, patient/Observation.s, Observation.s",
    "GET, /fhir/Observation/, patient/Observation.s, Observation.s",
    "POST, /fhir/Observation/_search, patient/Observation.s, Observation.s",
    "GET, /fhir/Observation/_history, patient/Observation.s, Observation.s",
    "GET, /fhir/Patient/ana/Observation, patient/Observation.s, Observation.s",
    "POST, /fhir/Patient/ana/Observation/_search, patient/Observation.s, Observation.s",
    "GET, /fhir/Observation/1, patient/Observation.r, Observation.r",
    "HEAD, /fhir/Observation/1, patient/Observation.r, Observation.r",
    "GET, /fhir/Observation/1/_history, patient/Observation.r, Observation.r",
    "GET, /fhir/Observation/1/_history/2, patient/Observation.r, Observation.r",
    "POST, /fhir/Observation, patient/Observation.c, Observation.c",
    "PUT, /fhir/Observation/1, patient/Observation.u, Observation.u",
    "PUT, /fhir/Observation, patient/Observation.u, Observation.u",
    "PATCH, /fhir/Observation/1, patient/Observation.u, Observation.u",
    "DELETE, /fhir/Observation/1, patient/Observation.d, Observation.d",
    "GET, /fhir/Observation, patient/*.rs, Observation.s",
    "GET, /fhir/Observation/1, user/Observation.r, Observation.r",
    "GET, /fhir/Observation, patient/Observation.read, Observation.s",
    "GET, /fhir/Observation, patient/Observation.rs" + LABORATORY + ", Observation.s",
  })
  void gtw4_aScopeForTypeAndInteractionOpensThePath(
      String method, String path, String scope, String interaction) {
    var request = GatewayRequest.of(method, path);

    var answer = gateway.ask(request.bearer(gateway.token(scope)));

    assertAllowed(answer);
    assertThat(answer.object("context").get("interaction")).isEqualTo(interaction);
    // The same letter for another type, and every other letter for this one, do not.
    assertRefused(
        gateway.ask(request.bearer(gateway.token("patient/Goal.cruds"))),
        "insufficient_scope",
        TestClients.NATIVE);
    var others = "cruds".replace(interaction.substring(interaction.length() - 1), "");
    assertRefused(
        gateway.ask(request.bearer(gateway.token("patient/Observation." + others))),
        "insufficient_scope");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /fhir",
    "POST, /fhir/",
    "GET, /fhir/_history",
    "GET, /fhir/$export",
    "GET, /fhir/Patient/ana/$everything",
    "GET, /fhir/Patient/ana/%24everything",
    "GET, /fhir/Observation/$lastn",
    "GET, /fhir/Patient/ana/*",
    "POST, /fhir/Observation/1",
    "DELETE, /fhir/Observation/1/_history",
    "OPTIONS, /fhir/Observation/1",
    "GET, /fhir/tenant-a/Observation/1",
    "GET, /fhir/Patient/1/Observation/2/Goal",
  })
  void gtw4_whatThePathDoesNotSayIsSaid(String method, String path) {
    var answer =
        gateway.ask(
            GatewayRequest.of(method, path).bearer(gateway.token("patient/Observation.rs")));

    assertAllowed(answer);
    assertThat(answer.object("context").get("interaction")).isEqualTo("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openid launch/patient", "openid fhirUser offline_access"})
  void gtw4_refusesATokenThatIsAboutNoData(String scope) {
    assertRefused(
        gateway.ask(GatewayRequest.of("POST", "/fhir").bearer(gateway.token(scope))),
        "no_scope_left");
  }

  /// A token of a service names no patient, so a patient's scope is about nobody.
  @Test
  void gtw4_refusesAScopeThatNamesNobody() {
    assertRefused(
        gateway.ask(
            GatewayRequest.get(READ).bearer(gateway.serviceToken("patient/Observation.rs"))),
        "no_scope_left");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/other/Observation/1",
        "/fhirs/Observation/1",
        "/FHIR/Observation/1",
        "/fhir/../admin",
        "/fhir/./Observation/1",
        "/fhir//Observation/1",
        "/fhir/Observation/%2e%2e/Patient",
        "/fhir/Observation%2f1",
        "/fhir/Observation;a=b/1",
        "/fhir/Observation\\1",
        "/fhir/Observation/1?x",
        "/fhir/Observation/1 2",
        "/fhir/Observation/\u0000",
      })
  void gtw4_refusesAPathThatIsElsewhereOrCouldBeReadInTwoWays(String path) {
    assertRefused(
        gateway.ask(GatewayRequest.get(path).bearer(gateway.token("patient/*.rs"))), "other_path");
  }

  @Test
  void aPathOfAnyLengthIsLookedAt() {
    var path = "/fhir/Observation/" + "a".repeat(100_000);
    assertAllowed(
        gateway.ask(GatewayRequest.get(path).bearer(gateway.token("patient/Observation.r"))));
    assertAllowed(
        gateway.ask(
            GatewayRequest.get("/fhir" + "/a".repeat(50_000))
                .bearer(gateway.token("patient/Observation.r"))));
  }

  @Test
  void aGatewayMayServeTheApiElsewhere() {
    var elsewhere = new AuthorizerFunction(gateway.local.wiring(), Optional.of("/prod/r4/"));
    var token = gateway.boundToken();
    var request = GatewayRequest.get("/prod/r4/Observation/1");

    assertAllowed(
        Invocation.of(elsewhere, request.dpop(token, gateway.proof(token).signed()).event()));
    assertRefused(
        Invocation.of(elsewhere, GatewayRequest.get(READ).bearer(token).event()), "other_path");

    var atTheRoot = new AuthorizerFunction(gateway.local.wiring(), Optional.of("/"));
    var read = GatewayRequest.get("/Observation/1");
    assertAllowed(
        Invocation.of(atTheRoot, read.dpop(token, gateway.proof(token).signed()).event()));
  }
}
