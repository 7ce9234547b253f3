package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.nativeApp;
import static dev.latchkey.endpoint.Registrations.service;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.GrantType;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.http.Edge;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Registration with an initial access token, by mode of the server, and how much of it there may
/// be (RFC 7591 section 3, requirement REG-3, threat T61).
class RegisterTokensTest {
  private final LocalWiring local = in(RegistrationMode.TOKEN);
  private final Registrations registrations = Registrations.over(local);

  private static LocalWiring in(RegistrationMode mode) {
    return LocalWiring.start(LocalWiring.ISSUER, RegistrationPolicy.of(mode, List.of(), List.of()));
  }

  @Test
  void aClosedServerRegistersNobody() {
    var closed = Registrations.over(in(RegistrationMode.CLOSED));
    var token = closed.initialAccessToken(1);

    assertRefused(closed.register(webApp()), 403, "registration_not_supported");
    assertRefused(closed.register(webApp(), token), 403, "registration_not_supported");
  }

  @Test
  void metadataNamesTheEndpointUnlessItIsClosed() {
    for (var mode : RegistrationMode.values()) {
      var metadata = new MetadataFunction(in(mode).wiring());
      for (var path :
          List.of(
              "/.well-known/oauth-authorization-server",
              "/.well-known/openid-configuration",
              "/fhir/.well-known/smart-configuration")) {
        assertThat(Call.get(path).to(metadata).json().get("registration_endpoint"))
            .isEqualTo(mode == RegistrationMode.CLOSED ? null : LocalWiring.ISSUER + "/register");
      }
    }
  }

  @Test
  void asksForAToken() {
    var answer = registrations.register(webApp());

    assertRefused(answer, 401, "invalid_token");
    assertThat(answer.header("www-authenticate")).isEqualTo("Bearer realm=\"latchkey\"");
  }

  @Test
  void registersAnAppOfSomebodyWhoIsKnown() {
    var answer = registrations.register(webApp(), registrations.initialAccessToken(1));

    assertThat(answer.status()).isEqualTo(201);
    var registration = registrations.kept(answer).registration();
    assertThat(registration.level()).isEqualTo(IdentityLevel.REGISTERED);
    assertThat(registration.expiresAt()).isEqualTo(Lifetimes.END_OF_TIME);
  }

  @Test
  void aTokenWorksAsOftenAsItSays() {
    var token = registrations.initialAccessToken(2);

    assertThat(registrations.register(webApp(), token).status()).isEqualTo(201);
    assertThat(registrations.register(nativeApp(), token).status()).isEqualTo(201);
    var third = registrations.register(nativeApp(), token);
    assertRefused(third, 401, "invalid_token");
    assertThat(third.header("www-authenticate"))
        .isEqualTo("Bearer realm=\"latchkey\", error=\"invalid_token\"");
  }

  @Test
  void aMistakeUsesUpNothing() {
    var token = registrations.initialAccessToken(1);

    assertRefused(
        registrations.register(with(webApp(), "client_name", null), token),
        400,
        "invalid_client_metadata");
    assertThat(registrations.register(webApp(), token).status()).isEqualTo(201);
  }

  @Test
  void manyAtOnceRegisterNoMoreThanTheTokenAllows() throws Exception {
    var token = registrations.initialAccessToken(3);

    var answers = Race.of(_ -> registrations.register(webApp(), token).status());

    assertThat(answers).filteredOn(status -> status == 201).hasSize(3);
    assertThat(answers).filteredOn(status -> status == 401).hasSize(Race.CALLERS - 3);
  }

  @Test
  void aTokenEnds() {
    var token = registrations.initialAccessToken(1);
    local.clock().advance(Duration.ofDays(1));

    assertRefused(registrations.register(webApp(), token), 401, "invalid_token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer iat1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Bearer iat1_",
        "Bearer rat1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Bearer a.b.c",
        "Bearer ",
        "Bearer",
        "Basic YTpi",
        "DPoP iat1_x",
        ""
      })
  void refusesOtherTokensInEveryMode(String header) {
    for (var mode :
        List.of(RegistrationMode.TOKEN, RegistrationMode.STATEMENT, RegistrationMode.OPEN)) {
      assertRefused(
          Registrations.call(webApp())
              .header("authorization", header)
              .to(new RegisterFunction(in(mode).wiring())),
          401,
          "invalid_token");
    }
  }

  @Test
  void aTokenIsGoodInAnOpenServerToo() {
    var open = Registrations.over(in(RegistrationMode.OPEN));

    var known = open.register(webApp(), open.initialAccessToken(1));

    assertThat(open.kept(known).registration().level()).isEqualTo(IdentityLevel.REGISTERED);
    assertThat(open.kept(open.register(webApp())).registration().level())
        .isEqualTo(IdentityLevel.UNVERIFIED);
  }

  @Test
  void anAppGetsNoMoreScopesThanTheToken() {
    var token = registrations.initialAccessToken(3, "openid patient/Observation.rs", false);

    assertThat(
            registrations
                .register(
                    with(webApp(), "scope", "openid offline_access patient/Observation.cruds"),
                    token)
                .text("scope"))
        .isEqualTo("openid patient/Observation.rs");
    assertThat(registrations.register(webApp(), token).text("scope"))
        .isEqualTo("openid patient/Observation.rs");
    assertRefused(
        registrations.register(with(webApp(), "scope", "patient/Patient.rs"), token),
        400,
        "invalid_client_metadata");
  }

  @Test
  void aTokenMayAllowBackendServices() {
    assertRefused(
        registrations.register(service(), registrations.initialAccessToken(1)),
        400,
        "invalid_client_metadata");

    var answer =
        registrations.register(
            service(), registrations.initialAccessToken(1, "system/*.rs patient/*.rs", true));

    assertThat(answer.json())
        .containsEntry("grant_types", List.of("client_credentials"))
        .containsEntry("response_types", List.of())
        .containsEntry("redirect_uris", List.of());
    assertThat(registrations.kept(answer).grantTypes())
        .containsExactly(GrantType.CLIENT_CREDENTIALS);
  }

  @Test
  void reg3_t61_registersTwentyAppsAnHourForOneAddress() {
    var open = Registrations.over(in(RegistrationMode.OPEN));
    var statuses =
        IntStream.range(0, 200)
            .map(
                i -> Registrations.call(nativeApp()).from("192.0.2.9").to(open.function()).status())
            .boxed()
            .toList();
    var refused = Registrations.call(nativeApp()).from("192.0.2.9").to(open.function());

    assertThat(statuses.subList(0, 20)).containsOnly(201);
    assertThat(statuses.subList(20, 200)).containsOnly(429);
    assertRefused(refused, 429, "temporarily_unavailable");
    var seconds = Long.parseLong(refused.header("retry-after"));
    assertThat(seconds).isBetween(1L, 3600L);
    assertThat(Registrations.call(nativeApp()).from("192.0.2.10").to(open.function()).status())
        .isEqualTo(201);
    open.local().clock().advance(Duration.ofSeconds(seconds));
    assertThat(Registrations.call(nativeApp()).from("192.0.2.9").to(open.function()).status())
        .isEqualTo(201);
  }

  @Test
  void t62_noHeaderMakesAnotherCallerOfOne() {
    var open = Registrations.over(in(RegistrationMode.OPEN));
    for (int i = 0; i < 20; i++) {
      var call = Registrations.call(nativeApp()).header("x-forwarded-for", "203.0.113." + i);
      assertThat(call.from("192.0.2.9").to(open.function()).status()).isEqualTo(201);
    }

    var forged = Forged.headers(Registrations.call(nativeApp())).from("192.0.2.9");
    assertRefused(forged.to(open.function()), 429, "temporarily_unavailable");
  }

  @Test
  void t62_countsTheCallersThatTheEdgeNamesAndNotTheEdge() {
    var edge = Edge.of(SecretHash.of("not-a-secret-of-the-edge").value());
    var wiring = in(RegistrationMode.OPEN).wiring().behind(edge);
    var function = new RegisterFunction(wiring);
    for (int i = 0; i < 21; i++) {
      assertThat(throughTheEdge("203.0.113." + i).to(function).status()).isEqualTo(201);
    }
    for (int i = 0; i < 19; i++) {
      assertThat(throughTheEdge("203.0.113.1").to(function).status()).isEqualTo(201);
    }

    assertRefused(throughTheEdge("203.0.113.1").to(function), 429, "temporarily_unavailable");
  }

  private static Call throughTheEdge(String caller) {
    return Registrations.call(nativeApp())
        .from("192.0.2.9")
        .header("x-latchkey-origin-secret", "not-a-secret-of-the-edge")
        .header("x-latchkey-caller-address", caller);
  }

  @Test
  void countsAWholeNetworkOfIpv6AsOneCaller() {
    var open = Registrations.over(in(RegistrationMode.OPEN));
    for (int i = 0; i < 20; i++) {
      Registrations.call(nativeApp()).from("2001:db8:0:1::" + i).to(open.function());
    }

    assertThat(
            Registrations.call(nativeApp())
                .from("2001:db8:0:1:ffff::9")
                .to(open.function())
                .status())
        .isEqualTo(429);
    assertThat(Registrations.call(nativeApp()).from("2001:db8:0:2::1").to(open.function()).status())
        .isEqualTo(201);
  }

  @Test
  void countsATokenByItself() {
    var token = registrations.initialAccessToken(150);
    for (int i = 0; i < 100; i++) {
      assertThat(
              Registrations.call(nativeApp())
                  .header("authorization", "Bearer " + token)
                  .from("192.0.2." + i)
                  .to(registrations.function())
                  .status())
          .isEqualTo(201);
    }

    assertRefused(registrations.register(nativeApp(), token), 429, "temporarily_unavailable");
    assertThat(registrations.register(nativeApp(), registrations.initialAccessToken(1)).status())
        .isEqualTo(201);
  }
}
