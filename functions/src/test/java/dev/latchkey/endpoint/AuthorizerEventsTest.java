package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.GatewayDeployment.READ;
import static dev.latchkey.endpoint.GatewayDeployment.assertAllowed;
import static dev.latchkey.endpoint.GatewayDeployment.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Events of every form that API Gateway could send to an authorizer, and what they cost.
class AuthorizerEventsTest {
  private final GatewayDeployment gateway = new GatewayDeployment();

  static Stream<String> malformedEvents() {
    return Stream.of(
        "",
        "null",
        "7",
        "\"not-a-secret-token\"",
        "[\"not-a-secret-token\"]",
        "{\"headers\":",
        "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
        "{}",
        "{\"rawPath\":7,\"headers\":[]}",
        "{\"requestContext\":{\"http\":null}}",
        "{\"rawPath\":\"/fhir\",\"requestContext\":{\"http\":{\"method\":[\"GET\"]}}}");
  }

  /// Also where the root of the gateway is the FHIR API, and every path would be below it.
  @ParameterizedTest
  @MethodSource("malformedEvents")
  void gtw2_refusesAnEventThatItCannotReadWithoutRepeatingIt(String event) {
    var atTheRoot = new AuthorizerFunction(gateway.local.another(), Optional.of("/"));
    gateway.local.calls().reset();

    assertRefused(Invocation.of(gateway.another(), event), "unreadable");
    assertRefused(Invocation.of(atTheRoot, event), "unreadable");

    assertThat(gateway.local.calls().counts()).isEmpty();
  }

  /// Payload format 1.0, as REST APIs send it too. Its answer would be a policy, which this
  /// function does not write; so even a good token is refused.
  @ParameterizedTest
  @ValueSource(strings = {"REQUEST", "TOKEN"})
  void gtw2_refusesPayloadFormat1WhateverTheToken(String type) {
    var bearer = "Bearer " + gateway.token("patient/Observation.rs");
    var event =
        Json.write(
            Map.of(
                "version",
                "1.0",
                "type",
                type,
                "authorizationToken",
                bearer,
                "methodArn",
                "arn:aws:execute-api:eu-west-1:000000000000:a1b2c3d4e5/prod/GET/*",
                "path",
                READ,
                "httpMethod",
                "GET",
                "headers",
                Map.of("Authorization", bearer),
                "multiValueHeaders",
                Map.of("Authorization", List.of(bearer)),
                "requestContext",
                Map.of("path", READ, "httpMethod", "GET", "stage", "prod")));

    for (var servedAt : List.of("/fhir", "/")) {
      var function = new AuthorizerFunction(gateway.local.wiring(), Optional.of(servedAt));
      assertRefused(Invocation.of(function, event), "unreadable");
    }
  }

  @ParameterizedTest
  @CsvSource({"Authorization, Bearer", "AUTHORIZATION, bearer", "authorization, BEARER"})
  void gtw2_theCaseOfHeaderAndSchemeDoesNotMatter(String header, String scheme) {
    var token = gateway.token("patient/Observation.rs");

    assertAllowed(gateway.ask(GatewayRequest.get(READ).with(header, scheme + " " + token)));
  }

  /// API Gateway joins headers that were sent more than once by commas.
  @Test
  void gtw2_refusesTwoTokensEvenWhenBothAreGood() {
    var one = gateway.token("patient/Observation.rs");
    var other = gateway.token("patient/Observation.rs");

    for (var joined :
        new String[] {
          "Bearer " + one + ",Bearer " + other, "Bearer " + one + ", " + one, "Bearer " + one + ","
        }) {
      assertRefused(
          gateway.ask(GatewayRequest.get(READ).with("authorization", joined)), "not_usable");
    }
  }

  @Test
  void gtw3_refusesTwoProofsEvenWhenBothAreGood() {
    var token = gateway.boundToken();
    var one = gateway.proof(token).signed();
    var other = gateway.proof(token).signed();

    assertRefused(
        gateway.ask(GatewayRequest.get(READ).dpop(token, one + "," + other)), "not_proven");
    assertAllowed(gateway.ask(GatewayRequest.get(READ).dpop(token, one)));
    assertAllowed(gateway.ask(GatewayRequest.get(READ).dpop(token, other)));
  }

  /// The method that was compared with the scopes has to be the one that is carried out.
  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override", "x-http-method", "X-Method-Override"})
  void gtw4_refusesAnotherMethodInAHeader(String header) {
    var read = GatewayRequest.get(READ).bearer(gateway.token("patient/Observation.rs"));

    assertRefused(gateway.ask(read.with(header, "DELETE")), "method_override");
    assertRefused(gateway.ask(read.with(header, "")), "method_override");
    assertAllowed(gateway.ask(read));
  }

  /// Each of these by an instance that has read nothing yet.
  @Test
  void gtw2_asksNobodyAboutWhatCannotBeAllowed() {
    var token = gateway.token("patient/Observation.rs");
    for (var request :
        List.of(
            GatewayRequest.get("/elsewhere").bearer(token),
            GatewayRequest.get(READ),
            GatewayRequest.get(READ).with("authorization", "Basic dTpw"),
            GatewayRequest.get(READ).bearer("x"),
            GatewayRequest.get(READ).bearer("eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.AA"),
            GatewayRequest.get(READ).bearer(token).with("x-http-method", "DELETE"))) {
      var fresh = gateway.another();
      gateway.local.calls().reset();

      assertThat(Invocation.of(fresh, request.event()).answer())
          .isEqualTo(Map.of("isAuthorized", false));

      assertThat(gateway.local.calls().counts()).as(request.toString()).isEmpty();
    }
  }

  @Test
  void gtw2_asksForTheGrantOnceWhateverTheAnswer() {
    var token = gateway.token("patient/Observation.rs");
    var bound = gateway.boundToken();
    var proof = gateway.proof(bound).signed();
    assertAllowed(gateway.ask(GatewayRequest.get(READ).bearer(token)));

    for (var request :
        List.of(
            GatewayRequest.get(READ).bearer(token),
            GatewayRequest.of("DELETE", READ).bearer(token),
            GatewayRequest.get(READ).bearer(bound))) {
      gateway.local.calls().reset();
      gateway.ask(request);
      assertThat(gateway.local.calls().counts()).isEqualTo(Map.of("query", 1, "batchGetItem", 1));
    }
    gateway.local.calls().reset();
    assertAllowed(gateway.ask(GatewayRequest.get(READ).dpop(bound, proof)));
    assertThat(gateway.local.calls().counts())
        .isEqualTo(Map.of("query", 1, "batchGetItem", 1, "updateItem", 1));
  }
}
