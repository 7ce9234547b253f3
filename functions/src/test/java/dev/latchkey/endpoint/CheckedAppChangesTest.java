package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.id;
import static dev.latchkey.endpoint.Registrations.keyApp;
import static dev.latchkey.endpoint.Registrations.keys;
import static dev.latchkey.endpoint.Registrations.replacement;
import static dev.latchkey.endpoint.Registrations.token;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRules;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of an app that an operator checked or set up when its developer changes it.
class CheckedAppChangesTest {
  private final Registrations registrations = Registrations.over(LocalWiring.start());

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
      registrations.change(
          registered, client -> client.with(client.registration().at(IdentityLevel.VERIFIED)));
      var same = with(metadata, "client_id", id(registered));

      var unchanged =
          registrations.replace(
              id(registered), token(registered), with(same, "software_version", "2"));
      assertThat(registrations.level(registered)).isEqualTo(IdentityLevel.VERIFIED);

      var changed = with(same);
      changed.putAll(change);
      assertThat(registrations.replace(id(registered), token(unchanged), changed).status())
          .isEqualTo(200);
      assertThat(registrations.level(registered)).isEqualTo(IdentityLevel.REGISTERED);
    }
  }

  @Test
  void aCheckedAppKeepsAProtectedNameAndTakesNoOther() {
    var registered = registrations.register(webApp());
    registrations.change(
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
    registrations.change(
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
    assertThat(registrations.level(registered)).isEqualTo(IdentityLevel.REGISTERED);
  }
}
