package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.changed;
import static dev.latchkey.endpoint.Asking.good;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threats T01 and T03 to T05: addresses that codes and people could be led to.
class RedirectThreatsTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final AuthorizeFunction function = new AuthorizeFunction(local.wiring());
  private static final ClientId APP = new ClientId("test-redirected");

  @BeforeAll
  static void seed() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example/callback/",
        "https://app.example/CALLBACK",
        "https://APP.example/callback",
        "https://app.example:443/callback",
        "https://app.example/callback?x=1",
        "https://app.example/callback#f",
        "https://user@app.example/callback",
        "https://app.example/x/../callback",
        "https://app.example/%63allback",
        "https://app.example/%2e/callback",
        "https://app.example\\@evil.example/callback",
        "https://app.example.evil.example/callback",
        "https://app.example./callback",
        "https://app.example/callback%00",
        "https://app.example/callback ",
        "https://evil.example/callback",
        "http://app.example/callback",
        "//app.example/callback",
        "/callback",
        "javascript:alert(1)",
      })
  void t01_onlyTheRegisteredAddressGetsAnAnswer(String requested) {
    assertIsAPage(ask("redirect_uri", requested));
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example/cb?x=1, https://app.example/cb?x=1",
    "com.example.app:/cb, com.example.app:/cb",
    "http://localhost:8080/demo/callback, http://localhost:8080/demo/callback",
  })
  void t01_theRegisteredAddressDoes(String registered, String requested) {
    assertThat(askAs(registered, requested).header("location")).contains("/interaction/sign-in");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/callback, http://127.0.0.1/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:0/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:51004/callback",
    "http://127.0.0.1:3000/callback, http://127.0.0.1:61023/callback",
    "http://[::1]/callback, http://[::1]:61023/callback",
    "http://127.0.0.1, http://127.0.0.1:8000",
  })
  void auz6_t03_anAppOnThisDeviceMayListenAtAnyPort(String registered, String requested) {
    assertThat(askAs(registered, requested).header("location")).contains("/interaction/sign-in");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080/cb, http://localhost:9999/cb",
    "http://127.0.0.1/callback, http://localhost:51004/callback",
    "http://127.0.0.1/callback, http://[::1]:51004/callback",
    "http://[::1]/callback, http://127.0.0.1:51004/callback",
    "http://[::1]/callback, http://[0:0:0:0:0:0:0:1]:51004/callback",
    "http://127.0.0.1/callback, http://127.0.0.2:51004/callback",
    "http://127.0.0.1/callback, http://127.1:51004/callback",
    "http://127.0.0.1/callback, http://0.0.0.0:51004/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:65536/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:51004/other",
    "http://127.0.0.1/callback, http://127.0.0.1:51004/callback?x=1",
    "http://127.0.0.1/callback, http://127.0.0.1:51004@evil.example/callback",
    "http://127.0.0.1/callback, http://127.0.0.1.evil.example/callback",
    "http://127.0.0.1/callback, https://127.0.0.1:51004/callback",
    "https://127.0.0.1/callback, https://127.0.0.1:51004/callback",
  })
  void t03_noOtherHostIsThisDevice(String registered, String requested) {
    assertIsAPage(askAs(registered, requested));
  }

  @ParameterizedTest
  @CsvSource({
    "client_id, nobody",
    "client_id, ''",
    "client_id, test-native",
    "redirect_uri, ''",
  })
  void t04_withoutAnAppAndItsAddressNobodyIsSentAnywhere(String name, String value) {
    assertIsAPage(ask(name, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "redirect_uri"})
  void t04_norWithTwoOfThem(String name) {
    assertIsAPage(
        Call.get("/authorize")
            .with(good())
            .with(name, String.valueOf(good().get(name)))
            .to(function));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id=%ff", "a=%", "client_id=%zz&redirect_uri=x"})
  void t04_norForWhatCannotBeRead(String query) {
    assertIsAPage(Call.get("/authorize").raw(query).to(function));
  }

  @Test
  void t04_norForAJsonBody() {
    assertIsAPage(
        Call.post("/authorize")
            .header("content-type", "application/json")
            .raw("{\"client_id\":\"x\"}")
            .to(function));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example/callback?next=https://evil.example",
        "https://app.example/callback?tenant=1&next=https://evil.example",
        "https://app.example/callback?tenant=1&tenant=2",
        "https://app.example/callback?tenant=2",
        "https://app.example/callback?",
      })
  void t05_noQueryIsAddedThatTheAppCouldFollow(String requested) {
    assertIsAPage(ask("redirect_uri", requested));
    assertIsAPage(askAs("https://app.example/callback?tenant=1", requested));
  }

  private static Answer ask(String name, String value) {
    return Call.get("/authorize").with(changed(name, value)).to(function);
  }

  /// Asks as an app that registered this address.
  private static Answer askAs(String registered, String requested) {
    var app = TestClients.as(APP, TestClients.browserApp());
    local.seed(
        new Client(
            APP,
            app.profile(),
            app.applicationType(),
            app.credentials(),
            List.of(new RedirectUri(registered)),
            app.scopes(),
            local.clock().seconds()));
    var request = changed("redirect_uri", requested);
    request.put("client_id", APP.value());
    return Call.get("/authorize").with(request).to(function);
  }

  private static void assertIsAPage(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(answer.header("content-type")).startsWith("text/html");
    assertThat(answer.header("content-security-policy")).contains("frame-ancestors 'none'");
    assertThat(answer.body())
        .contains("invalid_request")
        .doesNotContain("evil.example", "alert(1)");
  }
}
