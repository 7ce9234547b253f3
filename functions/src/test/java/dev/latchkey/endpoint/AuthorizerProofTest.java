package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.GatewayDeployment.READ;
import static dev.latchkey.endpoint.GatewayDeployment.assertAllowed;
import static dev.latchkey.endpoint.GatewayDeployment.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.DpopKey;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.WrongProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tokens that are bound to a key (RFC 9449 section 7), at a FHIR server behind API Gateway.
class AuthorizerProofTest {
  private final GatewayDeployment gateway = new GatewayDeployment();

  @Test
  void gtw3_aBoundTokenNeedsAProofForThisVeryRequest() {
    var token = gateway.boundToken();
    var proof = gateway.proof(token).signed();

    var answer = gateway.ask(GatewayRequest.get(READ).dpop(token, proof));

    assertAllowed(answer);
    assertThat(answer.object("context").get("dpop_nonce")).asString().hasSize(28);
    assertNotProven(GatewayRequest.get(READ).dpop(token, proof));
    assertNotProven(GatewayRequest.get(READ).bearer(token));
    assertNotProven(GatewayRequest.get(READ).with("authorization", "DPoP " + token));
    assertNotProven(
        GatewayRequest.get("/fhir/Observation/2").dpop(token, gateway.proof(token).signed()));
    assertNotProven(GatewayRequest.of("HEAD", READ).dpop(token, gateway.proof(token).signed()));
    assertNotProven(
        GatewayRequest.get(READ).dpop(token, gateway.proof(token).claim("nonce", null).signed()));
    assertNotProven(
        GatewayRequest.get(READ).dpop(token, gateway.proof(token).claim("ath", null).signed()));
    assertNotProven(
        GatewayRequest.get(READ)
            .dpop(
                token,
                DpopKey.make()
                    .proof("GET", LocalWiring.ISSUER + READ, gateway.local.clock().instant())
                    .claim("nonce", gateway.nonce())
                    .forToken(token)
                    .signed()));
  }

  @ParameterizedTest
  @EnumSource(WrongProof.class)
  void gtw3_aProofThatIsWrongInAnyWayProvesNothing(WrongProof wrong) {
    var token = gateway.boundToken();

    assertNotProven(GatewayRequest.get(READ).dpop(token, wrong.of(gateway.proof(token))));
    assertAllowed(gateway.ask(GatewayRequest.get(READ).dpop(token, gateway.proof(token).signed())));
  }

  @Test
  void gtw3_aTokenOfABearerIsNotSentWithAProof() {
    var token = gateway.token("patient/Observation.rs");

    assertNotProven(GatewayRequest.get(READ).dpop(token, gateway.proof(token).signed()));
  }

  /// A proof that was not needed after all can be sent again.
  @Test
  void gtw3_aRefusedRequestUsesNoProofUp() {
    var token = gateway.boundToken();
    var create = "/fhir/Observation";
    var proof =
        gateway
            .key
            .proof("POST", LocalWiring.ISSUER + create, gateway.local.clock().instant())
            .claim("nonce", gateway.nonce())
            .forToken(token)
            .signed();
    gateway.local.calls().reset();

    assertRefused(
        gateway.ask(GatewayRequest.of("POST", create).dpop(token, proof)), "insufficient_scope");

    assertThat(gateway.local.calls().writes()).isZero();
  }

  private void assertNotProven(GatewayRequest request) {
    assertRefused(gateway.ask(request), "not_proven", TestClients.NATIVE);
  }
}
