package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.with;
import static dev.latchkey.endpoint.ThisPhone.ASKED;
import static dev.latchkey.endpoint.ThisPhone.app;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A copy of a native app registers a key of its own with an access token that a patient allowed it
/// (docs/registering-apps.md).
class DeviceKeyTest {
  private final ThisPhone phone = new ThisPhone();
  private final LocalWiring local = phone.local();
  private final Registrations registrations = phone.registrations();
  private final TokenFunction tokens = phone.tokens();
  private final Grants grants = phone.grants();

  @Test
  void aCopyBecomesAConfidentialClientOfItsOwn() {
    var answer = registrations.register(ASKED, phone.accessToken());

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
                .register(with(ASKED, "software_id", "native-product"), phone.accessToken())
                .status())
        .isEqualTo(201);
  }

  @Test
  void itMayAskForWhatTheTokenAllowsAndForLastingAccess() {
    var answer = registrations.register(ASKED, phone.accessToken());

    assertThat(answer.text("scope").split(" "))
        .containsExactlyInAnyOrder((Grants.SCOPE + " online_access").split(" "));
    assertThat(
            registrations
                .register(
                    with(ASKED, "scope", "patient/Observation.r offline_access"),
                    phone.accessToken())
                .text("scope"))
        .isEqualTo("patient/Observation.r offline_access");
  }

  @Test
  void thePatientIsAskedAgain() {
    var id = registrations.register(ASKED, phone.accessToken()).text("client_id");
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
    var token = phone.accessToken();

    assertThat(registrations.register(ASKED, token).status()).isEqualTo(201);
    assertRefused(registrations.register(ASKED, token), 401, "invalid_token");
  }

  @Test
  void ofManyRequestsAtOnceOneGetsAKey() throws Exception {
    var token = phone.accessToken();

    var answers = Race.of(_ -> registrations.register(ASKED, token).status());

    assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
  }

  @Test
  void aMistakeUsesUpNothing() {
    var token = phone.accessToken();

    assertRefused(
        registrations.register(with(ASKED, "jwks", null), token), 400, "invalid_client_metadata");
    assertThat(registrations.register(ASKED, token).status()).isEqualTo(201);
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
