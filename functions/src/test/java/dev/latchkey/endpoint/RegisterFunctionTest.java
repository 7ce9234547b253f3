package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.browserApp;
import static dev.latchkey.endpoint.Registrations.keyApp;
import static dev.latchkey.endpoint.Registrations.nativeApp;
import static dev.latchkey.endpoint.Registrations.service;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.http.Json;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Registration by anybody, as the sandbox has it (RFC 7591 section 3).
class RegisterFunctionTest {
  private final LocalWiring local = LocalWiring.start();
  private final Registrations registrations = Registrations.over(local);

  @Test
  void reg1_registersANativeAppInOneCall() {
    var answer = registrations.register(nativeApp());

    assertCreated(answer);
    assertThat(answer.json())
        .containsEntry("application_type", "native")
        .containsEntry("token_endpoint_auth_method", "none")
        .containsEntry("redirect_uris", List.of("http://127.0.0.1/callback"))
        .containsEntry("grant_types", List.of("authorization_code", "refresh_token"))
        .containsEntry("response_types", List.of("code"))
        .containsEntry("client_name", "Blood pressure diary")
        .containsEntry("client_id_issued_at", (int) local.clock().seconds())
        .doesNotContainKeys("client_secret", "client_secret_expires_at", "jwks");
    var client = registrations.kept(answer);
    assertThat(client.isPublic()).isTrue();
    assertThat(client.applicationType()).isEqualTo(ApplicationType.NATIVE);
    assertThat(client.registration().level()).isEqualTo(IdentityLevel.UNVERIFIED);
    assertThat(client.registration().expiresAt())
        .isEqualTo(Lifetimes.after(local.clock().seconds(), RegistrationPolicy.UNUSED));
    assertThat(client.scopes().spelled()).isEqualTo(answer.text("scope"));
  }

  @Test
  void givesEveryScopeAboutAPatientWhereNoneIsNamed() {
    assertThat(registrations.register(nativeApp()).text("scope").split(" "))
        .containsExactlyInAnyOrder(Registrations.ALL.split(" "));
  }

  @Test
  void makesASecretForAWebApp() {
    var answer = registrations.register(webApp());

    assertCreated(answer);
    assertThat(answer.json())
        .containsEntry("token_endpoint_auth_method", "client_secret_basic")
        .containsEntry("client_secret_expires_at", 0);
    assertThat(answer.text("client_secret")).matches("[A-Za-z0-9_-]{43}");
    var client = registrations.kept(answer);
    assertThat(client.credentials().methods())
        .containsExactly(AuthenticationMethod.CLIENT_SECRET_BASIC);
    assertThat(client.credentials().secrets())
        .singleElement()
        .satisfies(
            kept ->
                assertThat(
                        local
                            .wiring()
                            .secretHashing()
                            .matches(kept.hash(), answer.text("client_secret")))
                    .isTrue());
  }

  @Test
  void keepsThePublicKeysOfAnApp() {
    var metadata = keyApp();
    var answer = registrations.register(metadata);

    assertCreated(answer);
    assertThat(answer.json())
        .containsEntry("jwks", metadata.get("jwks"))
        .doesNotContainKeys("client_secret", "client_secret_expires_at");
    assertThat(registrations.kept(answer).clientClass()).isEqualTo(ClientClass.CONFIDENTIAL_KEY);
    assertThat(registrations.kept(answer).credentials().algorithms())
        .isEqualTo(ClientCredentials.SMART_ALGORITHMS);
  }

  @Test
  void keepsTheOneAlgorithmThatAnAppSignsWith() {
    var answer = registrations.register(with(keyApp(), "token_endpoint_auth_signing_alg", "ES256"));

    assertThat(answer.json()).containsEntry("token_endpoint_auth_signing_alg", "ES256");
    assertThat(registrations.kept(answer).credentials().algorithms()).containsExactly("ES256");
  }

  @Test
  void keepsTheAddressOfAKeySet() {
    var answer =
        registrations.register(
            with(keyApp(), "jwks", null, "jwks_uri", "https://web.example.org/jwks"));

    assertCreated(answer);
    assertThat(answer.json()).containsEntry("jwks_uri", "https://web.example.org/jwks");
  }

  @Test
  void reg2_sendsBackWhatItKeepsAndDropsTheRest() {
    var answer =
        registrations.register(
            with(
                browserApp(),
                "client_uri",
                "https://example.org/",
                "policy_uri",
                "https://example.org/privacy",
                "tos_uri",
                "https://example.org/terms",
                "contacts",
                List.of("ana@example.org"),
                "software_id",
                "diary",
                "software_version",
                "2.1",
                "scope",
                "openid patient/Observation.rs somebody/else",
                "dpop_bound_access_tokens",
                true,
                "require_pushed_authorization_requests",
                true,
                "logo_uri",
                "https://example.org/logo.png",
                "jwks",
                Registrations.keys(Registrations.key("not for none")),
                "favourite_colour",
                List.of(List.of("blue"))));

    assertCreated(answer);
    assertThat(answer.json())
        .containsEntry("client_uri", "https://example.org/")
        .containsEntry("policy_uri", "https://example.org/privacy")
        .containsEntry("tos_uri", "https://example.org/terms")
        .containsEntry("contacts", List.of("ana@example.org"))
        .containsEntry("software_id", "diary")
        .containsEntry("software_version", "2.1")
        .containsEntry("scope", "openid patient/Observation.rs")
        .containsEntry("dpop_bound_access_tokens", true)
        .containsEntry("require_pushed_authorization_requests", true)
        .doesNotContainKeys("logo_uri", "favourite_colour", "jwks");
    assertThat(registrations.kept(answer).rules().dpopBound()).isTrue();
    assertThat(registrations.kept(answer).rules().pushedRequestsOnly()).isTrue();
  }

  /// Threat T31: a client that chose its id could choose a user's `sub`.
  @Test
  void choosesTheIdAndTheSecretItself() {
    var answer =
        registrations.register(
            with(webApp(), "client_id", "subject-of-ana", "client_secret", "my-own"));

    assertCreated(answer);
    assertThat(answer.text("client_id")).isNotEqualTo("subject-of-ana");
    assertThat(answer.text("client_secret")).isNotEqualTo("my-own");
  }

  @Test
  void neverGivesTheSameIdTwice() {
    assertThat(registrations.register(nativeApp()).text("client_id"))
        .isNotEqualTo(registrations.register(nativeApp()).text("client_id"));
  }

  @Test
  void keepsOnlyHashesOfSecretAndToken() {
    var answer = registrations.register(webApp());
    var kept = registrations.kept(answer).toString();

    assertThat(kept)
        .doesNotContain(answer.text("client_secret"), answer.text("registration_access_token"));
  }

  @Test
  void readsNullAsAbsent() {
    var metadata = nativeApp();
    var answer =
        Call.json("POST", "/register", Json.write(metadata).replaceFirst("\\{", "{\"scope\":null,"))
            .to(registrations.function());

    assertCreated(answer);
  }

  @Test
  void letsPagesOfOtherOriginsCall() {
    var answer = registrations.register(nativeApp());
    var refused = registrations.register(with(nativeApp(), "client_name", null));
    var preflight = Call.options("/register").to(registrations.function());

    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(refused.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-methods")).contains("PUT", "DELETE");
  }

  /// Requirement REG-3.
  @Test
  void givesNobodyMoreThanAnybodyMayHave() {
    assertRefused(
        registrations.register(with(webApp(), "scope", "system/*.rs")),
        400,
        "invalid_client_metadata");
    assertRefused(registrations.register(service()), 400, "invalid_client_metadata");
    assertThat(registrations.kept(registrations.register(webApp())).grantTypes())
        .doesNotContain(GrantType.CLIENT_CREDENTIALS);
  }

  @Test
  void narrowsScopesToWhatMayBeHad() {
    var reader =
        Registrations.over(
            LocalWiring.start(
                LocalWiring.ISSUER,
                RegistrationPolicy.of(RegistrationMode.OPEN, List.of(), List.of())));

    var answer =
        reader.register(with(nativeApp(), "scope", "openid patient/*.cruds patient/Patient.read"));

    assertThat(answer.text("scope")).isEqualTo("openid patient/*.rs patient/Patient.read");
    assertRefused(
        reader.register(with(nativeApp(), "scope", "patient/Observation.cud")),
        400,
        "invalid_client_metadata");
  }

  @Test
  void keepsEachRedirectUriOnceAndInOrder() {
    var uris =
        List.of(
            "https://web.example.org/b", "https://web.example.org/a", "https://web.example.org/b");

    assertThat(
            registrations
                .kept(registrations.register(with(webApp(), "redirect_uris", uris)))
                .redirectUris())
        .extracting(RedirectUri::value)
        .containsExactly("https://web.example.org/b", "https://web.example.org/a");
  }

  private static void assertCreated(Answer answer) {
    assertThat(answer.body()).doesNotContain("error");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("pragma")).isEqualTo("no-cache");
    // Requirement TOK-8: testers put it unencoded into headers and forms.
    assertThat(answer.text("client_id")).matches("app-[A-Za-z0-9_-]{22}");
    assertThat(answer.text("registration_access_token")).matches("rat1_[A-Za-z0-9_-]{43}");
    assertThat(answer.text("registration_client_uri"))
        .isEqualTo(LocalWiring.ISSUER + "/register/" + answer.text("client_id"));
  }
}
