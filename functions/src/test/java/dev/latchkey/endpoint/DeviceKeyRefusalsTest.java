package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.key;
import static dev.latchkey.endpoint.Registrations.keys;
import static dev.latchkey.endpoint.Registrations.with;
import static dev.latchkey.endpoint.ThisPhone.ASKED;
import static dev.latchkey.endpoint.ThisPhone.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// With what a copy of a native app gets no key of its own, and what it cannot choose.
class DeviceKeyRefusalsTest {
  private final ThisPhone phone = new ThisPhone();
  private final LocalWiring local = phone.local();
  private final Registrations registrations = phone.registrations();
  private final TokenFunction tokens = phone.tokens();
  private final Grants grants = phone.grants();

  @Test
  void nothingOfTheAppCanBeChosenAnew() {
    var answer =
        registrations.register(
            with(
                ASKED,
                "client_name",
                "Something else",
                "client_uri",
                "https://evil.example/",
                "contacts",
                List.of("evil@example.org")),
            phone.accessToken());

    assertThat(answer.json())
        .containsEntry("client_name", "Test Native")
        .containsEntry("client_uri", "https://native.example.org/")
        .containsEntry("contacts", List.of("help@native.example.org"));
  }

  @Test
  void refusesWhatIsNoKeyOfThisCopy() {
    var token = phone.accessToken();
    for (var bad :
        List.of(
            with(ASKED, "software_id", "test-web"),
            with(ASKED, "software_id", null),
            with(ASKED, "application_type", "web"),
            with(ASKED, "application_type", null),
            with(ASKED, "token_endpoint_auth_method", "none"),
            with(ASKED, "token_endpoint_auth_method", "client_secret_basic"),
            with(ASKED, "jwks", keys(key("a"), key("b"))),
            with(ASKED, "jwks", Map.of("keys", List.of())),
            with(ASKED, "jwks", Map.of("keys", List.of(key("a").toJSONObject()))),
            with(ASKED, "jwks", null, "jwks_uri", "https://native.example.org/jwks"),
            with(ASKED, "scope", "patient/*.rs"),
            with(ASKED, "scope", "patient/Observation.cruds"),
            with(ASKED, "scope", "patient/Condition.rs"),
            with(ASKED, "scope", "system/Observation.rs"),
            with(ASKED, "grant_types", List.of("client_credentials")),
            with(ASKED, "grant_types", List.of("authorization_code", "client_credentials")))) {
      var answer = registrations.register(bad, token);
      assertThat(answer.status()).as(bad.toString()).isEqualTo(400);
      assertThat(answer.text("error")).as(bad.toString()).isEqualTo("invalid_client_metadata");
    }
    for (var uris :
        List.of(
            List.of("https://evil.example/"),
            List.of("http://127.0.0.1/other"),
            List.of(TestClients.NATIVE_REDIRECT, "http://127.0.0.1/other"),
            List.<String>of())) {
      assertRefused(
          registrations.register(with(ASKED, "redirect_uris", uris), token),
          400,
          "invalid_redirect_uri");
    }
  }

  @Test
  void refusesTokensThatAreOver() {
    var expired = phone.accessToken();
    local.clock().advance(Duration.ofMinutes(10));
    var revoked = grants.connect(tokens);
    Call.post("/revoke")
        .with("token", revoked.text("refresh_token"))
        .with("client_id", TestClients.NATIVE.value())
        .to(new RevokeFunction(local.wiring()));

    assertRefused(registrations.register(ASKED, expired), 401, "invalid_token");
    assertRefused(
        registrations.register(ASKED, revoked.text("access_token")), 401, "invalid_token");
  }

  @Test
  void refusesTokensOfAnotherKind() {
    var connected = grants.connect(tokens);

    for (var token : List.of(connected.text("refresh_token"), connected.text("id_token"))) {
      assertRefused(registrations.register(ASKED, token), 401, "invalid_token");
    }
  }

  @Test
  void refusesTokensOfAppsThatAreNotNativeAndPublic() {
    var web = grants.connectWeb(tokens).text("access_token");
    assertRefused(
        registrations.register(with(ASKED, "software_id", "test-web"), web), 401, "invalid_token");

    for (var type : List.of(ApplicationType.BROWSER, ApplicationType.WEB)) {
      var token = phone.accessToken();
      var app = app();
      local.seed(
          new Client(
              app.id(),
              app.profile(),
              type,
              ClientCredentials.NONE,
              app.redirectUris(),
              app.scopes(),
              0));
      assertRefused(registrations.register(ASKED, token), 401, "invalid_token");
      local.seed(app);
    }
  }

  @Test
  void refusesTokensOfAnAppThatIsSwitchedOff() {
    var token = phone.accessToken();
    local.seed(app().with(app().registration().disabled(true)));

    assertRefused(registrations.register(ASKED, token), 401, "invalid_token");
  }
}
