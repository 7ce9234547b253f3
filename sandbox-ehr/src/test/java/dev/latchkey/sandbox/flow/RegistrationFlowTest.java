package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.TestClients;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.TimedSandbox;
import dev.latchkey.sandbox.flow.Developer.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a developer gets from a sandbox that registers anybody's app (RFC 7591, RFC 7592).
class RegistrationFlowTest extends SandboxFlow {
  private static final TimedSandbox TIMED = TimedSandbox.dynamoDbLocal();
  private static final String CALLBACK = "http://127.0.0.1:51004/callback";

  private final Developer developer = new Developer(TIMED.running());

  @Override
  RunningSandbox sandbox() {
    return TIMED.running();
  }

  /// Registrations of the tests before do not count any more.
  @BeforeEach
  void waitAnHour() {
    TIMED.local().clock().advance(Duration.ofHours(1));
  }

  @Test
  void anAppRegistersConnectsAndRefreshes() {
    var registered = developer.register(Developer.nativeApp("Blood pressure diary"));
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    assertThat(registered.headers().firstValue("cache-control")).contains("no-store");
    assertThat(registered.json()).doesNotContainKey("client_secret");

    var app = developer.app(registered, CALLBACK);
    var tokens = app.refreshed(connect(app).getRefreshToken()).getOIDCTokens();

    assertThat(read("/Patient/kendal", tokens.getAccessToken()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:9000/callback",
        "http://127.0.0.1:9000/callback",
        "http://[::1]:9000/callback"
      })
  void anAppOfAnyKindOnThisMachineRegistersInOneCall(String redirectUri) {
    for (var type : List.of("web", "browser", "native")) {
      var metadata = new HashMap<>(Developer.webApp(redirectUri));
      metadata.put("application_type", type);

      var registered = developer.register(metadata);

      assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
      assertThat(registered.json()).containsEntry("redirect_uris", List.of(redirectUri));
    }
  }

  @Test
  void aWebAppOnThisMachineConnectsWithItsSecret() {
    var registered = developer.register(Developer.webApp("http://localhost:9000/callback"));

    var tokens = connect(developer.app(registered, "http://localhost:9000/callback"));

    assertThat(read("/Patient/kendal", tokens.getAccessToken()).statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyIsCheckedOrGetsASystemByAsking() {
    var metadata = new HashMap<>(Developer.nativeApp("Eager"));
    metadata.put("scope", "openid launch/patient patient/*.rs");
    metadata.put("identity", "verified");
    metadata.put("verified", true);

    var registered = developer.register(metadata);
    metadata.put("scope", "openid system/*.rs");
    var system = developer.register(metadata);

    assertThat(kept(registered)).isEqualTo(IdentityLevel.UNVERIFIED);
    assertThat(registered.text("scope")).doesNotContain("system/");
    assertRefused(system, 400, "invalid_client_metadata");
  }

  @Test
  void metadataThatNobodyKnowsIsDropped() {
    var metadata = new HashMap<>(Developer.nativeApp("Chatty"));
    metadata.put("logo_uri", "https://chatty.example/logo.png");
    metadata.put("client_id", "demo-native");
    metadata.put("favourite_colour", "green");

    var registered = developer.register(metadata);

    assertThat(registered.status()).isEqualTo(201);
    assertThat(registered.json()).doesNotContainKeys("logo_uri", "favourite_colour");
    assertThat(registered.text("client_id")).startsWith("app-");
  }

  @Test
  void metadataWithoutEndIsRefused() {
    var padded = "{\"client_name\": \"" + "x".repeat(8_192) + "\"}";
    assertRefused(developer.post(padded), 400, "invalid_client_metadata");
    assertRefused(developer.post("{"), 400, "invalid_client_metadata");
  }

  @Test
  void aNativeAppWithASecretIsToldWhyNot() {
    var metadata = new HashMap<>(Developer.nativeApp("Careless"));
    metadata.put("token_endpoint_auth_method", "client_secret_basic");

    var refused = developer.register(metadata);

    assertRefused(refused, 400, "invalid_client_metadata");
    assertThat(refused.text("error_description")).contains("Every copy", "DPoP");
  }

  @Test
  void aRegistrationIsReadAndChangedWithATokenThatChangesToo() {
    var registered = developer.register(Developer.nativeApp("Pulse"));
    var address = registered.address();

    var read = developer.read(address, registered.token());
    var metadata = new HashMap<>(Developer.nativeApp("Pulse diary"));
    metadata.put("client_id", registered.text("client_id"));
    var changed = developer.replace(address, read.token(), metadata);

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json()).containsEntry("client_name", "Pulse");
    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(changed.json()).containsEntry("client_name", "Pulse diary");
    for (var old : List.of(registered.token(), read.token())) {
      assertRefused(developer.read(address, old), 401, "invalid_token");
    }
    assertThat(developer.read(address, changed.token()).status()).isEqualTo(200);
  }

  @Test
  void removingAnAppEndsEverythingThatAnybodyAllowedIt() {
    var registered = developer.register(Developer.nativeApp("Short lived"));
    var app = developer.app(registered, CALLBACK);
    var kendals = connect(app);
    var mias = connect(app, "mia");
    assertThat(read("/Patient/mia", mias.getAccessToken()).statusCode()).isEqualTo(200);

    var removed = developer.remove(registered.address(), registered.token());

    assertThat(removed.status()).isEqualTo(204);
    // A gate may have read a moment ago that the grant stands.
    TIMED.local().clock().advance(Duration.ofSeconds(31));
    assertThat(read("/Patient/kendal", kendals.getAccessToken()).statusCode()).isEqualTo(401);
    assertThat(read("/Patient/mia", mias.getAccessToken()).statusCode()).isEqualTo(401);
    assertRefused(app.refresh(kendals.getRefreshToken()), "invalid_client");
    assertRefused(developer.read(registered.address(), registered.token()), 401, "invalid_token");
  }

  @Test
  void theAppOfAnOperatorHasNoAddressForDevelopers() {
    TIMED.local().seed(TestClients.nativeApp());
    var address = TIMED.running().baseUrl().resolve("/register/" + TestClients.NATIVE.value());

    assertRefused(developer.read(address, "null"), 401, "invalid_token");
  }

  private static IdentityLevel kept(Answer registered) {
    var clients = TIMED.local().wiring().stores().clients();
    return clients
        .find(new ClientId(registered.text("client_id")))
        .orElseThrow()
        .registration()
        .level();
  }

  static void assertRefused(Answer answer, int status, String error) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.json()).containsEntry("error", error);
  }
}
