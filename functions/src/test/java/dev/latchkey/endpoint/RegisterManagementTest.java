package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.keyApp;
import static dev.latchkey.endpoint.Registrations.keys;
import static dev.latchkey.endpoint.Registrations.nativeApp;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRules;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.registration.RegistrationPolicy;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a registration (RFC 7592, requirement REG-4, threat T61).
class RegisterManagementTest {
  private final LocalWiring local = LocalWiring.start();
  private final Registrations registrations = Registrations.over(local);

  private static String token(Answer answer) {
    return answer.text("registration_access_token");
  }

  private static String id(Answer answer) {
    return answer.text("client_id");
  }

  private Map<String, Object> replacement(Answer registered, @Nullable Object... members) {
    return with(with(webApp(), "client_id", id(registered)), members);
  }

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
    change(off, client -> client.with(client.registration().disabled(true)));
    var over = registrations.register(webApp());
    local.clock().advance(RegistrationPolicy.UNUSED);

    assertRefused(registrations.remove(id(off), token(off)), 401, "invalid_token");
    assertRefused(registrations.read(id(over), token(over)), 401, "invalid_token");
  }

  @Test
  void aChangeReplacesEverything() {
    var registered =
        registrations.register(
            with(webApp(), "client_uri", "https://example.org/", "scope", "openid patient/*.rs"));

    var changed =
        registrations.replace(
            id(registered),
            token(registered),
            replacement(registered, "redirect_uris", List.of("https://new.example.org/")));

    assertThat(changed.json()).doesNotContainKeys("client_uri", "client_secret");
    assertThat(changed.text("scope").split(" "))
        .containsExactlyInAnyOrder(Registrations.ALL.split(" "));
    assertThat(registrations.kept(registered).redirectUris())
        .containsExactly(new RedirectUri("https://new.example.org/"));
    assertThat(registrations.kept(registered).credentials().secrets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registration_access_token",
        "registration_client_uri",
        "client_secret_expires_at",
        "client_id_issued_at"
      })
  void refusesWhatOnlyTheServerSays(String member) {
    var registered = registrations.register(webApp());

    assertRefused(
        registrations.replace(
            id(registered), token(registered), replacement(registered, member, "1")),
        400,
        "invalid_client_metadata");
  }

  @Test
  void refusesAnotherIdAndAnotherSecret() {
    var registered = registrations.register(webApp());

    for (var bad :
        List.of(
            replacement(registered, "client_id", "app-other"),
            replacement(registered, "client_id", null),
            replacement(registered, "client_secret", "my-own"),
            replacement(registered, "client_secret", 1))) {
      assertRefused(
          registrations.replace(id(registered), token(registered), bad),
          400,
          "invalid_client_metadata");
    }
    var good = replacement(registered, "client_secret", registered.text("client_secret"));
    assertThat(registrations.replace(id(registered), token(registered), good).status())
        .isEqualTo(200);
  }

  @Test
  void anAppStaysOfItsKind() {
    var registered = registrations.register(webApp());
    for (var other :
        List.of(
            replacement(registered, "token_endpoint_auth_method", "none"),
            replacement(registered, "token_endpoint_auth_method", "client_secret_post"),
            with(nativeApp(), "client_id", id(registered)),
            with(keyApp(), "client_id", id(registered)))) {
      assertRefused(
          registrations.replace(id(registered), token(registered), other),
          400,
          "invalid_client_metadata");
    }
  }

  @Test
  void isHeldToTheSameRulesAsAtFirst() {
    var registered = registrations.register(webApp());

    assertRefused(
        registrations.replace(
            id(registered),
            token(registered),
            replacement(registered, "redirect_uris", List.of("javascript:alert(1)"))),
        400,
        "invalid_redirect_uri");
    assertRefused(
        registrations.replace(
            id(registered), token(registered), replacement(registered, "scope", "system/*.rs")),
        400,
        "invalid_client_metadata");
    assertRefused(
        Call.json("PUT", "/register/" + id(registered), "{")
            .pathParameter("client", id(registered))
            .header("authorization", "Bearer " + token(registered))
            .to(registrations.function()),
        400,
        "invalid_client_metadata");
  }

  @Test
  void reg5_keysAreRotatedWithoutAnotherRegistration() {
    var registered = registrations.register(keyApp());
    var next = keys(Registrations.key("k1"), Registrations.key("k2"));

    var changed =
        registrations.replace(
            id(registered),
            token(registered),
            with(keyApp(), "client_id", id(registered), "jwks", next));

    assertThat(changed.json()).containsEntry("jwks", next);
  }

  @Test
  void aCheckedAppThatChangesIsNoLongerChecked() {
    var metadata = keyApp();
    var changes =
        List.<Map<String, Object>>of(
            Map.of("client_name", "Another"),
            Map.of("redirect_uris", List.of("https://web.example.org/other")),
            Map.of("jwks", keys(Registrations.key("k9"))));
    for (var change : changes) {
      var registered = registrations.register(metadata);
      change(registered, client -> client.with(client.registration().at(IdentityLevel.VERIFIED)));
      var same = with(metadata, "client_id", id(registered));

      var unchanged =
          registrations.replace(
              id(registered), token(registered), with(same, "software_version", "2"));
      assertThat(level(registered)).isEqualTo(IdentityLevel.VERIFIED);

      var changed = with(same);
      changed.putAll(change);
      assertThat(registrations.replace(id(registered), token(unchanged), changed).status())
          .isEqualTo(200);
      assertThat(level(registered)).isEqualTo(IdentityLevel.REGISTERED);
    }
  }

  @Test
  void aCheckedAppKeepsAProtectedNameAndTakesNoOther() {
    var registered = registrations.register(webApp());
    change(
        registered,
        client ->
            client
                .with(client.registration().at(IdentityLevel.VERIFIED))
                .with(ClientProfile.named("Latchkey Mobile", "")));

    var kept =
        registrations.replace(
            id(registered),
            token(registered),
            replacement(registered, "client_name", "Latchkey Mobile"));

    assertThat(kept.status()).isEqualTo(200);
    assertRefused(
        registrations.replace(
            id(registered), token(kept), replacement(registered, "client_name", "Latchkey")),
        400,
        "invalid_client_metadata");
  }

  @Test
  void whatAnOperatorSetStays() {
    var registered = registrations.register(webApp());
    change(
        registered,
        client -> client.with(new ClientRules(client.rules().overrides(), true, true, true)));

    registrations.replace(id(registered), token(registered), replacement(registered));

    assertThat(registrations.kept(registered).rules())
        .isEqualTo(new ClientRules(ClientRules.NONE.overrides(), true, true, true));
  }

  @Test
  void anAppOfATokenKeepsWhatTheTokenGaveIt() {
    var token = registrations.initialAccessToken(1, "system/*.rs openid patient/*.rs", true);
    var registered = registrations.register(Registrations.service(), token);

    var changed =
        registrations.replace(
            id(registered),
            token(registered),
            with(Registrations.service(), "client_id", id(registered), "client_name", "Other"));

    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(level(registered)).isEqualTo(IdentityLevel.REGISTERED);
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

  private IdentityLevel level(Answer registered) {
    return registrations.kept(registered).registration().level();
  }

  private void change(Answer registered, UnaryOperator<Client> change) {
    local.seed(change.apply(registrations.kept(registered)));
  }
}
