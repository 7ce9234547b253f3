package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.assertSentBack;
import static dev.latchkey.endpoint.Asking.changed;
import static dev.latchkey.endpoint.Asking.good;
import static dev.latchkey.endpoint.Asking.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizeFunctionTest {
  private static LocalWiring local = LocalWiring.start();
  private static AuthorizeFunction function = new AuthorizeFunction(local.wiring());

  @BeforeAll
  static void seed() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp()).seed(TestClients.webApp());
  }

  @Test
  void aGoodRequestGoesToSignIn() {
    var answer = Call.get("/authorize").with(good()).to(function);
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location"))
        .matches("https://latchkey\\.example/interaction/sign-in\\?txn=[A-Za-z0-9_-]{43}");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(answer.cookies()).hasSize(1);
    assertThat(answer.cookies().getFirst().toString())
        .startsWith("__Host-latchkey-browser=")
        .contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/");
  }

  @Test
  void aPostDoesTheSame() {
    var scope = "patient/Observation.rs ".repeat(550);
    var answer = Call.post("/authorize").with(changed("scope", scope)).to(function);
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).contains("/interaction/sign-in?txn=");
  }

  @ParameterizedTest
  @CsvSource({
    "request, abc, request_not_supported",
    "request_uri, https://evil.example, request_uri_not_supported",
    "aud, '', invalid_request",
    "aud, https://inferno.healthit.gov/invalid_aud, invalid_request",
    "aud, https://latchkey.example/fhir//, invalid_request",
    "resource, https://elsewhere.example/fhir, invalid_target",
    "scope, '', invalid_scope",
    "scope, nonsense, invalid_scope",
    "scope, patient/Media.rs, invalid_scope",
    "scope, patient/Observation.sr, invalid_scope",
    "scope, patient/Observation.rs?category=laboratory, invalid_scope",
    "scope, patient/Patient.rs patient/Observation.rs?code:in=x, invalid_scope",
    "scope, patient/Patient.rs user/Observation.sr, invalid_scope",
    "scope, user/*.rs, invalid_scope",
    "scope, system/*.rs, invalid_scope",
    "scope, patient/*.rs system/Patient.r, invalid_scope",
    "scope, patient/*.rs system/Patient.sr, invalid_scope",
    "prompt, none, login_required",
    "prompt, none login, invalid_request",
    "max_age, -1, invalid_request",
    "max_age, 1.5, invalid_request",
    "max_age, soon, invalid_request",
    "max_age, 1234567890123, invalid_request",
  })
  void otherErrorsGoBackToTheApp(String name, String value, String error) {
    assertSentBack(Call.get("/authorize").with(changed(name, value)).to(function), error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "nonce"})
  void whatIsTooLongIsRefused(String name) {
    var answer = Call.get("/authorize").with(changed(name, "x".repeat(5000))).to(function);
    assertThat(query(answer.header("location"))).containsEntry("error", "invalid_request");
  }

  @Test
  void aRepeatedParameterIsRefused() {
    var answer = Call.get("/authorize").with(good()).with("scope", "openid").to(function);
    assertThat(query(answer.header("location"))).containsEntry("error", "invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "foo, bar",
    "scope, patient/Patient.rs patient/Media.rs profile user/*.rs",
    "login_hint, ana",
    "ui_locales, de",
    "ui_locales, es en",
    "claims_locales, es",
    "id_token_hint, abc",
    "prompt, consent",
    "prompt, login consent",
    "prompt, something",
    "max_age, 0",
    "max_age, 999999999999",
    "acr_values, x",
    "display, popup",
    "prompt, login",
    "response_mode, query",
    "aud, https://latchkey.example/fhir/",
    "resource, https://latchkey.example/fhir",
    "launch, abc",
  })
  void auz15_whatChangesNothingIsAccepted(String name, String value) {
    var answer = Call.get("/authorize").with(changed(name, value)).to(function);
    assertThat(answer.header("location")).contains("/interaction/sign-in");
  }

  @Test
  void auz9_resourceAloneIsAnAudience() {
    var request = changed("aud", "");
    request.put("resource", "https://latchkey.example/fhir");
    assertThat(Call.get("/authorize").with(request).to(function).header("location"))
        .contains("/interaction/sign-in");
  }

  @Test
  void aKnownBrowserKeepsItsCookie() {
    var answer =
        Call.get("/authorize").with(good()).cookie("__Host-latchkey-browser=known").to(function);
    assertThat(answer.cookies()).isEmpty();
  }

  @Test
  void aRefusedRequestWritesNothing() {
    local.calls().reset();
    var answer = Call.get("/authorize").with(changed("aud", "https://x.example")).to(function);
    assertThat(answer.status()).isEqualTo(303);
    assertThat(local.calls().writes()).isZero();
  }
}
