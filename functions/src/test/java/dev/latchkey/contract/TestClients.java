package dev.latchkey.contract;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRules;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.ClientSecretHash;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.scope.ScopeSet;
import java.util.List;

/// Apps to test with, one of each kind.
public final class TestClients {
  public static final ClientId NATIVE = new ClientId("test-native");
  public static final ClientId BROWSER = new ClientId("test-browser");
  public static final ClientId CLAIMED = new ClientId("test-claimed");
  public static final ClientId DPOP = new ClientId("test-dpop");
  public static final ClientId WEB = new ClientId("test-web");

  public static final String NATIVE_REDIRECT = "http://127.0.0.1/callback";
  public static final String BROWSER_REDIRECT = "https://app.example/callback";
  public static final String WEB_REDIRECT = "https://web.example/callback";
  public static final ClientId SERVER = new ClientId("test-server");
  public static final String WEB_SECRET = "web-secret-for-tests-only";

  /// Everything that an app may ask for today.
  public static final String SCOPES =
      "launch launch/patient openid fhirUser offline_access online_access patient/*.cruds";

  /// Where an EHR opens [#browserApp].
  public static final String BROWSER_LAUNCH = "https://app.example/launch?tenant=a";

  private static final long REGISTERED_AT = MutableClock.START.getEpochSecond();

  /// Stands for the hash of [#WEB_SECRET], which only a deployment can make.
  private static final ClientSecretHash HASH_OF_WEB_SECRET = new ClientSecretHash("of-web-secret");

  private TestClients() {}

  /// Public, on the patient's own device, redirected to loopback on any port.
  public static Client nativeApp() {
    return app(
        NATIVE, "Test Native", ApplicationType.NATIVE, ClientCredentials.NONE, NATIVE_REDIRECT);
  }

  /// Public, in a browser page.
  public static Client browserApp() {
    var app =
        app(
            BROWSER,
            "Test Browser",
            ApplicationType.BROWSER,
            ClientCredentials.NONE,
            BROWSER_REDIRECT);
    return app.with(app.profile().openedAt(BROWSER_LAUNCH));
  }

  /// Public, on the patient's own device, redirected to an address that its maker claimed.
  public static Client claimedApp() {
    return app(
        CLAIMED, "Test Claimed", ApplicationType.NATIVE, ClientCredentials.NONE, BROWSER_REDIRECT);
  }

  /// As [#nativeApp], and registered for tokens that are bound to a key.
  public static Client dpopApp() {
    return app(DPOP, "Test DPoP", ApplicationType.NATIVE, ClientCredentials.NONE, NATIVE_REDIRECT)
        .with(ClientRules.NONE.withDpopBound());
  }

  /// Confidential, with [#WEB_SECRET], sent either way.
  public static Client webApp() {
    return app(
        WEB,
        "Test Web",
        ApplicationType.WEB,
        ClientCredentials.secret(HASH_OF_WEB_SECRET, REGISTERED_AT),
        WEB_REDIRECT);
  }

  /// Confidential, with [#WEB_SECRET], and trusted with the tokens of every app.
  public static Client resourceServer() {
    return new Client(
            SERVER,
            ClientProfile.named("Test FHIR server", "A resource server for tests."),
            ApplicationType.WEB,
            ClientCredentials.secret(HASH_OF_WEB_SECRET, REGISTERED_AT),
            List.of(),
            ScopeSet.parse(""),
            REGISTERED_AT)
        .with(ClientRules.NONE.introspectingAll());
  }

  /// The same app under another id.
  public static Client as(ClientId id, Client app) {
    return new Client(
        id,
        app.profile(),
        app.applicationType(),
        app.credentials(),
        app.redirectUris(),
        app.grantTypes(),
        app.scopes(),
        app.rules(),
        app.registration());
  }

  /// One of these apps, with the hash of [#WEB_SECRET] that a deployment makes.
  public static Client hashed(Client app, SecretHashing hashing) {
    return app.with(
        app.credentials()
            .withSecrets(
                app.credentials().secrets().stream()
                    .map(secret -> hashed(secret, hashing))
                    .toList()));
  }

  private static ClientSecret hashed(ClientSecret secret, SecretHashing hashing) {
    return secret.hash().equals(HASH_OF_WEB_SECRET)
        ? new ClientSecret(hashing.hash(WEB_SECRET), secret.issuedAt(), secret.expiresAt())
        : secret;
  }

  private static Client app(
      ClientId id,
      String name,
      ApplicationType type,
      ClientCredentials credentials,
      String redirectUri) {
    return new Client(
        id,
        ClientProfile.named(name, "An app for tests."),
        type,
        credentials,
        List.of(new RedirectUri(redirectUri)),
        ScopeSet.parse(SCOPES),
        REGISTERED_AT);
  }
}
