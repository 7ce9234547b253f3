package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.id;
import static dev.latchkey.endpoint.Registrations.keyApp;
import static dev.latchkey.endpoint.Registrations.keys;
import static dev.latchkey.endpoint.Registrations.nativeApp;
import static dev.latchkey.endpoint.Registrations.replacement;
import static dev.latchkey.endpoint.Registrations.token;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.RedirectUri;
import dev.latchkey.contract.LocalWiring;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A registration is replaced as a whole (RFC 7592 section 2.2): by what, and by what not.
class RegisterReplacementTest {
  private final Registrations registrations = Registrations.over(LocalWiring.start());

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
}
