package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.GrantType;
import dev.latchkey.contract.DpopKey;
import dev.latchkey.contract.DpopProof;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import java.util.Map;
import java.util.Set;

/// A FHIR server behind API Gateway, as its authorizer sees it.
final class GatewayDeployment {
  static final String READ = "/fhir/Observation/1";

  final LocalWiring local = LocalWiring.start();
  final TokenFunction tokens = new TokenFunction(local.wiring());
  final Grants grants = new Grants(local);
  final SigningApp service = SigningApp.called("test-service");
  final DpopKey key = DpopKey.make();
  final AuthorizerFunction function = new AuthorizerFunction(local.wiring());

  GatewayDeployment() {
    local
        .seed(TestClients.nativeApp())
        .seed(service.registered().withGrantTypes(Set.of(GrantType.CLIENT_CREDENTIALS)));
  }

  String token(String scope) {
    var code = grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, scope);
    return grants.exchange(code).to(tokens).text("access_token");
  }

  String boundToken() {
    var code =
        grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, "patient/Observation.rs");
    var proof =
        key.proof("POST", ProvingApps.TOKEN, local.clock().instant()).claim("nonce", nonce());
    return grants.exchange(code).header("dpop", proof.signed()).to(tokens).text("access_token");
  }

  DpopProof proof(String token) {
    return key.proof("GET", LocalWiring.ISSUER + READ, local.clock().instant())
        .claim("nonce", nonce())
        .forToken(token);
  }

  String nonce() {
    return local.wiring().boundTokens().freshNonce(local.clock().instant());
  }

  String serviceToken(String scope) {
    return grants.serviceToken(service.id(), scope);
  }

  /// An instance that has read nothing yet.
  AuthorizerFunction another() {
    return new AuthorizerFunction(local.another());
  }

  Invocation ask(GatewayRequest request) {
    return Invocation.of(function, request.event());
  }

  static void assertAllowed(Invocation invocation) {
    assertThat(invocation.answer())
        .as(invocation.log().toString())
        .containsEntry("isAuthorized", true);
  }

  static void assertRefused(Invocation invocation, String reason, ClientId client) {
    assertRefused(invocation, reason);
    assertThat(invocation.log()).singleElement().asString().contains(client.value());
  }

  static void assertRefused(Invocation invocation, String reason) {
    assertThat(invocation.answer()).isEqualTo(Map.of("isAuthorized", false));
    assertThat(invocation.log())
        .singleElement()
        .asString()
        .contains("\"authorizer_refused\"", "\"" + reason + "\"")
        .doesNotContain("Observation", "/fhir", "eyJ", "ana", "subject", "not-a-secret");
  }
}
