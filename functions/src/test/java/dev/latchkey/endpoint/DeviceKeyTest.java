package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.key;
import static dev.latchkey.endpoint.Registrations.keys;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A copy of a native app registers a key of its own with an access token that a patient allowed it
/// (docs/registering-apps.md).
class DeviceKeyTest {
  private static final Map<String, Object> ASKED =
      Map.of(
          "software_id", TestClients.NATIVE.value(),
          "application_type", "native",
          "token_endpoint_auth_method", "private_key_jwt",
          "redirect_uris", List.of(TestClients.NATIVE_REDIRECT),
          "jwks", keys(key("this-phone")));

  private final LocalWiring local =
      LocalWiring.start(
          LocalWiring.ISSUER, RegistrationPolicy.of(RegistrationMode.TOKEN, List.of(), List.of()));
  private final Registrations registrations = Registrations.over(local);
  private final TokenFunction tokens = new TokenFunction(local.wiring());
  private final Grants grants = new Grants(local);

  @BeforeEach
  void seed() {
    local.seed(app()).seed(TestClients.webApp()).seed(TestUsers.ana());
  }

  private static Client app() {
    return TestClients.nativeApp()
        .with(
            new ClientProfile(
                "Test Native",
                "",
                "https://native.example.org/",
                null,
                null,
                List.of("help@native.example.org"),
                null,
                List.of(),
                "native-product",
                null));
  }

  private String accessToken() {
    return grants.connect(tokens).text("access_token");
  }

  @Test
  void aCopyBecomesAConfidentialClientOfItsOwn() {
    var answer = registrations.register(ASKED, accessToken());

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json())
        .containsEntry("client_name", "Test Native")
        .containsEntry("client_uri", "https://native.example.org/")
        .containsEntry("contacts", List.of("help@native.example.org"))
        .containsEntry("software_id", TestClients.NATIVE.value())
        .containsEntry("jwks", ASKED.get("jwks"))
        .doesNotContainKeys("client_secret", "registration_access_token");
    var client = registrations.kept(answer);
    assertThat(client.clientClass()).isEqualTo(ClientClass.CONFIDENTIAL_KEY);
    assertThat(client.id()).isNotEqualTo(TestClients.NATIVE);
    assertThat(client.registration().level()).isEqualTo(IdentityLevel.VERIFIED);
    assertThat(client.registration().managementToken()).isNull();
    assertThat(client.registration().expiresAt())
        .isEqualTo(Lifetimes.after(local.clock().seconds(), RegistrationPolicy.UNUSED));
  }

  @Test
  void itsMakerMayNameTheProductInstead() {
    assertThat(
            registrations
                .register(with(ASKED, "software_id", "native-product"), accessToken())
                .status())
        .isEqualTo(201);
  }

  @Test
  void itMayAskForWhatTheTokenAllowsAndForLastingAccess() {
    var answer = registrations.register(ASKED, accessToken());

    assertThat(answer.text("scope").split(" "))
        .containsExactlyInAnyOrder((Grants.SCOPE + " online_access").split(" "));
    assertThat(
            registrations
                .register(
                    with(ASKED, "scope", "patient/Observation.r offline_access"), accessToken())
                .text("scope"))
        .isEqualTo("patient/Observation.r offline_access");
  }

  @Test
  void thePatientIsAskedAgain() {
    var id = registrations.register(ASKED, accessToken()).text("client_id");
    var browser = new TestBrowser(local.wiring());
    var txn =
        browser.arrive(
            id,
            "http://127.0.0.1:51004/callback",
            "launch/patient offline_access patient/Observation.rs");
    browser.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);

    assertThat(browser.open("consent", txn).body())
        .contains("Test Native", "It proves to us with a key of its own", "Until you take it back");
  }

  @Test
  void anAccessTokenIsGoodForOneKey() {
    var token = accessToken();

    assertThat(registrations.register(ASKED, token).status()).isEqualTo(201);
    assertRefused(registrations.register(ASKED, token), 401, "invalid_token");
  }

  @Test
  void ofManyRequestsAtOnceOneGetsAKey() throws Exception {
    var token = accessToken();

    var answers = Race.of(_ -> registrations.register(ASKED, token).status());

    assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
  }

  @Test
  void aMistakeUsesUpNothing() {
    var token = accessToken();

    assertRefused(
        registrations.register(with(ASKED, "jwks", null), token), 400, "invalid_client_metadata");
    assertThat(registrations.register(ASKED, token).status()).isEqualTo(201);
  }

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
            accessToken());

    assertThat(answer.json())
        .containsEntry("client_name", "Test Native")
        .containsEntry("client_uri", "https://native.example.org/")
        .containsEntry("contacts", List.of("help@native.example.org"));
  }

  @Test
  void refusesWhatIsNoKeyOfThisCopy() {
    var token = accessToken();
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
    var expired = accessToken();
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
      var token = accessToken();
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
    var token = accessToken();
    local.seed(app().with(app().registration().disabled(true)));

    assertRefused(registrations.register(ASKED, token), 401, "invalid_token");
  }

  @Test
  void aGrantRegistersNoMoreThanALittle() {
    var connected = grants.connect(tokens);
    var statuses = new ArrayList<Integer>();
    var current = connected;
    for (int i = 0; i < 22; i++) {
      statuses.add(registrations.register(ASKED, current.text("access_token")).status());
      current = refreshed(current);
    }

    assertThat(statuses.subList(0, 20)).containsOnly(201);
    assertThat(statuses.subList(20, 22)).containsOnly(429);
  }

  @ParameterizedTest
  @EnumSource(RegistrationMode.class)
  void worksUnlessRegistrationIsClosed(RegistrationMode mode) {
    var there =
        LocalWiring.start(LocalWiring.ISSUER, RegistrationPolicy.of(mode, List.of(), List.of()))
            .seed(app());
    var token = new Grants(there).connect(new TokenFunction(there.wiring())).text("access_token");

    assertThat(Registrations.over(there).register(ASKED, token).status())
        .isEqualTo(mode == RegistrationMode.CLOSED ? 403 : 201);
  }

  private Answer refreshed(Answer connected) {
    return grants.refresh(connected.text("refresh_token")).to(tokens);
  }
}
