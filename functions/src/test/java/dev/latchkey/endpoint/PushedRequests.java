package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.changed;
import static dev.latchkey.endpoint.Asking.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authorize.AuthorizationRequest;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.TransactionId;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRules;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.policy.RefreshOverrides;
import java.util.Map;

/// Apps that push authorization requests, one of which must (CAREFUL), and what comes of the
/// references.
final class PushedRequests {
  static final ClientId CAREFUL = new ClientId("test-careful");

  private final LocalWiring local = LocalWiring.start();
  private final ParFunction par = new ParFunction(local.wiring());
  private final AuthorizeFunction authorize = new AuthorizeFunction(local.wiring());

  PushedRequests() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp()).seed(TestClients.webApp());
    local
        .wiring()
        .stores()
        .clients()
        .put(
            TestClients.as(CAREFUL, TestClients.browserApp())
                .with(new ClientRules(RefreshOverrides.NONE, false, false, true)));
  }

  LocalWiring local() {
    return local;
  }

  ParFunction par() {
    return par;
  }

  AuthorizeFunction authorize() {
    return authorize;
  }

  /// Of the web app, without its secret.
  static Map<String, String> web() {
    var request = changed("client_id", TestClients.WEB.value());
    request.put("redirect_uri", TestClients.WEB_REDIRECT);
    return request;
  }

  /// Pushes a request, and gives its reference.
  String pushed(Map<String, String> request) {
    var answer = Call.post("/par").with(request).to(par);
    assertThat(answer.status()).isEqualTo(201);
    return answer.text("request_uri");
  }

  /// A browser comes with a reference.
  Answer arrive(ClientId client, String requestUri) {
    return Call.get("/authorize")
        .with("client_id", client.value())
        .with("request_uri", requestUri)
        .to(authorize);
  }

  /// What the app has asked for, by the transaction that the browser goes on with.
  AuthorizationRequest asked(Answer answer) {
    var handle = new TransactionId(query(answer.header("location")).getOrDefault("txn", ""));
    var transactions = local.wiring().stores().transactions();
    return transactions
        .find(handle.hash(), local.clock().instant())
        .map(Transaction::request)
        .orElseThrow();
  }

  static void assertIsAPage(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(answer.header("content-type")).startsWith("text/html");
    assertThat(answer.body()).contains("invalid_request_uri");
  }
}
