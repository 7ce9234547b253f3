package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.changed;
import static dev.latchkey.endpoint.Asking.good;
import static dev.latchkey.endpoint.Asking.query;
import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Grants.basic;
import static dev.latchkey.endpoint.PushedRequests.CAREFUL;
import static dev.latchkey.endpoint.PushedRequests.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.secret.SecretHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is pushed to the endpoint for authorization requests (RFC 9126 section 2.1), and what is
/// refused there.
class ParFunctionTest {
  private static final PushedRequests at = new PushedRequests();
  private static final LocalWiring local = at.local();
  private static final ParFunction par = at.par();
  private static final AuthorizeFunction authorize = at.authorize();

  @Test
  void auz20_aPushedRequestIsGivenAReference() {
    var answer = Call.post("/par").with(good()).to(par);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text("request_uri"))
        .matches("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}");
    assertThat(answer.json()).containsEntry("expires_in", 90).hasSize(2);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "response_mode, fragment, invalid_request",
    "request, abc, request_not_supported",
    "request_uri, urn:ietf:params:oauth:request_uri:x, invalid_request",
    "aud, https://elsewhere.example/fhir, invalid_request",
    "resource, https://elsewhere.example/fhir, invalid_target",
    "code_challenge_method, plain, invalid_request",
    "scope, patient/Observation.sr, invalid_scope",
    "state, '', invalid_request",
    "prompt, none login, invalid_request",
    "max_age, soon, invalid_request",
    "redirect_uri, https://evil.example/callback, invalid_request",
    "redirect_uri, '', invalid_request",
    "client_id, test-native, invalid_request",
    "client_id, nobody, invalid_client",
    "client_id, '', invalid_client",
  })
  void aBadRequestIsRefusedWhenItIsPushed(String name, String value, String error) {
    local.calls().reset();

    var answer = Call.post("/par").with(changed(name, value)).to(par);

    assertRefused(answer, error.equals("invalid_client") ? 401 : 400, error);
    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void aConfidentialAppAuthenticatesAndLeavesNoSecretBehind() {
    var request = web();

    var refused = Call.post("/par").with(request).to(par);
    assertRefused(refused, 401, "invalid_client");

    request.put("client_secret", TestClients.WEB_SECRET);
    var kept =
        local
            .wiring()
            .stores()
            .pushedRequests()
            .use(SecretHash.of(at.pushed(request)), TestClients.WEB, "r", local.clock().instant());
    assertThat(kept.orElseThrow().parameters())
        .contains("client_id=" + TestClients.WEB.value())
        .doesNotContain("client_secret", TestClients.WEB_SECRET);
    assertThat(at.asked(at.arrive(TestClients.WEB, at.pushed(request))).client())
        .isEqualTo(TestClients.WEB);
  }

  @Test
  void theHeaderDoesNotReplaceTheClientId() {
    var request = web();
    request.remove("client_id");

    var answer =
        Call.post("/par")
            .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
            .with(request)
            .to(par);

    assertRefused(answer, 400, "invalid_request");
  }

  @Test
  void aRequestThatIsTooLongIsRefused() {
    var answer = Call.post("/par").with(changed("ui_locales", "x".repeat(16_384))).to(par);

    assertRefused(answer, 413, "invalid_request");
  }

  @Test
  void anAppThatHasToPushCannotAskInTheBrowser() {
    var request = changed("client_id", CAREFUL.value());

    var answer = Call.get("/authorize").with(request).to(authorize);

    assertThat(query(answer.header("location")))
        .containsEntry("error", "invalid_request")
        .containsEntry("state", "af0ifjsldkj");
    assertThat(at.asked(at.arrive(CAREFUL, at.pushed(request))).client()).isEqualTo(CAREFUL);
  }
}
