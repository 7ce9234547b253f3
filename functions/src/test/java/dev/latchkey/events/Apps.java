package dev.latchkey.events;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.client.Registration;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Stores;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Apps that are registered: two of the operator, two that sign, and one that anybody may have
/// registered.
record Apps(Stores stores, long now) {
  /// @param secrets null where the deployment has needed no key for them yet
  void seed(@Nullable SecretHashing secrets) {
    stores
        .clients()
        .put(
            client(
                World.NATIVE,
                ApplicationType.NATIVE,
                ClientCredentials.NONE,
                "http://127.0.0.1/callback"));
    if (secrets != null) {
      stores
          .clients()
          .put(
              client(
                      World.WEB,
                      ApplicationType.WEB,
                      ClientCredentials.secret(secrets.hash("not-a-secret-of-demo-web"), now),
                      "https://app.example.org/callback")
                  .with(
                      ClientProfile.named("Demo app", "Shows the values of the last year.")
                          .leavingTo(List.of(new RedirectUri("https://app.example.org/bye"))))
                  .withGrantTypes(
                      EnumSet.of(
                          GrantType.AUTHORIZATION_CODE,
                          GrantType.REFRESH_TOKEN,
                          GrantType.TOKEN_EXCHANGE))
                  .with(Registration.byOperator(now - 86_400)));
    }
    stores.clients().put(SignedTokens.KEY_APP.registered());
    stores
        .clients()
        .put(
            SignedTokens.BACKEND
                .registered()
                .withGrantTypes(EnumSet.of(GrantType.CLIENT_CREDENTIALS))
                .withScopes(ScopeSet.parse("system/*.rs")));
    seedRegistration();
  }

  /// An app that anybody may have registered, and what its developer manages it with.
  private void seedRegistration() {
    stores
        .clients()
        .put(
            client(
                    World.UNCHECKED,
                    ApplicationType.NATIVE,
                    ClientCredentials.NONE,
                    "http://127.0.0.1/callback")
                .with(
                    new Registration(
                        IdentityLevel.UNVERIFIED,
                        now - 60,
                        now + 86_400,
                        false,
                        SecretHash.of("not-a-secret-registration-token"))));
  }

  private Client client(
      ClientId id, ApplicationType type, ClientCredentials credentials, String redirectUri) {
    return new Client(
        id,
        ClientProfile.named("Demo app", "Shows the values of the last year."),
        type,
        credentials,
        List.of(new RedirectUri(redirectUri)),
        ScopeSet.parse(
            "launch launch/patient openid fhirUser offline_access online_access"
                + " patient/*.cruds"),
        now);
  }
}
