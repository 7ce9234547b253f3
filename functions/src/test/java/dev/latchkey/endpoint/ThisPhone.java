package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Registrations.key;
import static dev.latchkey.endpoint.Registrations.keys;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import java.util.List;
import java.util.Map;

/// A copy of the native app on one phone, and what it asks to register its key.
final class ThisPhone {
  static final Map<String, Object> ASKED =
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

  ThisPhone() {
    local.seed(app()).seed(TestClients.webApp()).seed(TestUsers.ana());
  }

  /// The app of which it is a copy.
  static Client app() {
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

  LocalWiring local() {
    return local;
  }

  Registrations registrations() {
    return registrations;
  }

  TokenFunction tokens() {
    return tokens;
  }

  Grants grants() {
    return grants;
  }

  /// That a patient allowed it.
  String accessToken() {
    return grants.connect(tokens).text("access_token");
  }
}
