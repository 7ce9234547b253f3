package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.id;
import static dev.latchkey.endpoint.Registrations.nativeApp;
import static dev.latchkey.endpoint.Registrations.replacement;
import static dev.latchkey.endpoint.Registrations.token;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.TestClients;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.registration.RegistrationPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a registration (RFC 7592, requirement REG-4, threat T61).
class RegisterManagementTest {
  private final LocalWiring local = LocalWiring.start();
  private final Registrations registrations = Registrations.over(local);

  @Test
  void reg4_isReadChangedAndRemoved() {
    var registered = registrations.register(webApp());

    var read = registrations.read(id(registered), token(registered));
    var changed =
        registrations.replace(
            id(registered), token(read), replacement(registered, "client_name", "Pulse diary"));
    var removed = registrations.remove(id(registered), token(changed));

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("cache-control")).isEqualTo("no-store");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.text("client_name")).isEqualTo("Pulse diary");
    assertThat(removed.status()).isEqualTo(204);
    assertThat(removed.body()).isEmpty();
    assertThat(removed.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(local.wiring().stores().clients().find(new ClientId(id(registered)))).isEmpty();
    assertRefused(registrations.read(id(registered), token(changed)), 401, "invalid_token");
    assertRefused(registrations.remove(id(registered), token(changed)), 401, "invalid_token");
  }

  @Test
  void showsAllButTheSecret() {
    var registered = registrations.register(webApp());

    var read = registrations.read(id(registered), token(registered));

    var expected = with(registered.json(), "client_secret", null, "client_secret_expires_at", null);
    assertThat(with(read.json(), "registration_access_token", null))
        .isEqualTo(with(expected, "registration_access_token", null));
    assertThat(token(read)).isNotEqualTo(token(registered));
  }

  @Test
  void t61_eachUseBringsAnotherToken() {
    var registered = registrations.register(webApp());
    var read = registrations.read(id(registered), token(registered));

    assertRefused(registrations.read(id(registered), token(registered)), 401, "invalid_token");
    assertRefused(
        registrations.replace(id(registered), token(registered), replacement(registered)),
        401,
        "invalid_token");
    assertRefused(registrations.remove(id(registered), token(registered)), 401, "invalid_token");
    assertThat(registrations.read(id(registered), token(read)).status()).isEqualTo(200);
  }

  @Test
  void aRefusedChangeKeepsTheToken() {
    var registered = registrations.register(webApp());

    assertRefused(
        registrations.replace(
            id(registered), token(registered), replacement(registered, "client_name", null)),
        400,
        "invalid_client_metadata");
    assertThat(registrations.read(id(registered), token(registered)).status()).isEqualTo(200);
  }

  @Test
  void ofManyUsesAtOnceOneWins() throws Exception {
    var registered = registrations.register(webApp());

    var answers = Race.of(_ -> registrations.read(id(registered), token(registered)));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer -> assertRefused(answer, 401, "invalid_token"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "rat1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void refusesOtherTokens(String token) {
    var registered = registrations.register(webApp());

    for (var answer :
        List.of(
            registrations.read(id(registered), token),
            registrations.replace(id(registered), token, replacement(registered)),
            registrations.remove(id(registered), token))) {
      assertRefused(answer, 401, "invalid_token");
      assertThat(answer.header("www-authenticate")).startsWith("Bearer ");
    }
    assertThat(registrations.read(id(registered), token(registered)).status()).isEqualTo(200);
  }

  @Test
  void saysTheSameOfAnAppThatIsNotThere() {
    var registered = registrations.register(webApp());
    var other = registrations.register(webApp());

    var wrong = registrations.read(id(registered), token(other));
    for (var name : List.of("app-unknown", "x".repeat(3000), "a\u0000b", "test-native")) {
      var unknown = registrations.read(name, token(registered));
      assertThat(unknown.body()).isEqualTo(wrong.body());
      assertThat(unknown.status()).isEqualTo(wrong.status());
      assertThat(unknown.headers()).isEqualTo(wrong.headers());
    }
  }

  @Test
  void leavesAppsOfOperatorsAlone() {
    local.seed(TestClients.nativeApp());

    assertRefused(registrations.read("test-native", ""), 401, "invalid_token");
    assertRefused(registrations.read("test-native", "null"), 401, "invalid_token");
  }

  @Test
  void leavesAppsAloneThatAreSwitchedOffOrOver() {
    var off = registrations.register(webApp());
    registrations.change(off, client -> client.with(client.registration().disabled(true)));
    var over = registrations.register(webApp());
    local.clock().advance(RegistrationPolicy.UNUSED);

    assertRefused(registrations.remove(id(off), token(off)), 401, "invalid_token");
    assertRefused(registrations.read(id(over), token(over)), 401, "invalid_token");
  }

  /// An access token of the removed app is dead at once, and so is what it could have refreshed.
  @Test
  void removingAnAppEndsEveryGrant() {
    var registered = registrations.register(nativeApp());
    var grants = new Grants(local);
    var tokens = new TokenFunction(local.wiring());
    var id = new ClientId(id(registered));
    var connected =
        grants
            .changed(
                grants.code(id, "http://127.0.0.1/callback", Grants.SCOPE), "client_id", id.value())
            .to(tokens);
    assertThat(connected.status()).as(connected.body()).isEqualTo(200);

    registrations.remove(id.value(), token(registered));

    assertRefused(
        Call.post("/token")
            .with("grant_type", "refresh_token")
            .with("refresh_token", connected.text("refresh_token"))
            .with("client_id", id.value())
            .to(tokens),
        401,
        "invalid_client");
    assertThat(local.wiring().standing().cutoffs().find(List.of(new Cutoffs.Of.Client(id))))
        .hasSize(1);
  }
}
