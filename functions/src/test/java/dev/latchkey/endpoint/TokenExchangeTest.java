package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Grants.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import java.text.ParseException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An access token for a narrower one (RFC 8693).
class TokenExchangeTest {
  private static final String TYPE = "urn:ietf:params:oauth:token-type:";

  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction function = new TokenFunction(local.wiring());
  private static final IntrospectFunction introspect = new IntrospectFunction(local.wiring());
  private static final Grants grants = new Grants(local);

  @BeforeAll
  static void seed() {
    local
        .seed(exchanging(TestClients.nativeApp()))
        .seed(exchanging(TestClients.webApp()))
        .seed(TestClients.browserApp());
  }

  private static Client exchanging(Client client) {
    return client.withGrantTypes(
        EnumSet.of(
            GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.TOKEN_EXCHANGE));
  }

  @Test
  void anAppTradesItsTokenForANarrowerAndShorterOne() {
    var token = grants.connect(function).text("access_token");

    var answer = exchange(token, "scope", "patient/Observation.r");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().keySet())
        .containsExactlyInAnyOrder(
            "access_token", "token_type", "expires_in", "scope", "issued_token_type", "patient");
    assertThat(answer.json())
        .containsEntry("token_type", "Bearer")
        .containsEntry("issued_token_type", TYPE + "access_token")
        .containsEntry("expires_in", 300)
        .containsEntry("scope", "patient/Observation.r")
        .containsEntry("patient", "ana");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }

  @Test
  void theNewTokenIsOfTheSameGrantAndSaysWhoExchangedIt() {
    var token = grants.connect(function).text("access_token");
    var before = claims(token);

    var after = claims(exchange(token, "scope", "patient/Observation.r").text("access_token"));

    for (var name : new String[] {"iss", "sub", "aud", "client_id", "sid", "patient"}) {
      assertThat(after.getClaim(name)).as(name).isEqualTo(before.getClaim(name));
    }
    assertThat(after.getClaim("act")).isEqualTo(Map.of("sub", TestClients.NATIVE.value()));
    assertThat(after.getClaim("scope")).isEqualTo("patient/Observation.r");
    assertThat(after.getClaim("fhirUser")).isNull();
    assertThat(after.getJWTID()).isNotEqualTo(before.getJWTID());
    assertThat(after.getExpirationTime()).isBefore(before.getExpirationTime());
  }

  @Test
  void withoutAScopeItIsOnlyShorter() {
    var connected = grants.connect(function);

    var answer = exchange(connected.text("access_token"));

    assertThat(answer.text("scope")).isEqualTo(connected.text("scope"));
    assertThat(claims(answer.text("access_token")).getClaim("fhirUser")).isNotNull();
  }

  @Test
  void itNeverOutlivesTheTokenThatItCameFrom() {
    var token = grants.connect(function).text("access_token");
    local.clock().advance(Duration.ofMinutes(8));

    var second = exchange(token);

    assertThat(second.json()).containsEntry("expires_in", 120);
    assertThat(claims(second.text("access_token")).getExpirationTime())
        .isEqualTo(claims(token).getExpirationTime());
  }

  @Test
  void whatWasExchangedCanBeExchangedAgainAndNeverGrows() {
    var first = grants.connect(function).text("access_token");
    var second = exchange(first, "scope", "patient/Observation.rs").text("access_token");
    local.clock().advance(Duration.ofMinutes(2));

    var third = exchange(second, "scope", "patient/Observation.r");

    assertThat(third.json()).containsEntry("expires_in", 180);
    assertThat(claims(third.text("access_token")).getClaim("act"))
        .isEqualTo(Map.of("sub", TestClients.NATIVE.value()));
    assertRefused(exchange(second, "scope", "patient/Patient.r"), 400, "invalid_scope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/Observation.cruds",
        "patient/*.rs",
        "patient/Condition.r",
        "system/Observation.r",
        "patient/Observation.r patient/Condition.r",
        "patient/Observation.sr",
        "nonsense",
        " "
      })
  void itIsNeverWider(String scope) {
    var token = grants.connect(function).text("access_token");

    assertRefused(exchange(token, "scope", scope), 400, "invalid_scope");
  }

  @Test
  void itDiesWithItsFamily() {
    var connected = grants.connect(function);
    var narrow = exchange(connected.text("access_token")).text("access_token");
    assertThat(isActive(narrow)).isTrue();

    Call.post("/revoke")
        .with("client_id", TestClients.NATIVE.value())
        .with("token", connected.text("refresh_token"))
        .to(new RevokeFunction(local.wiring()));

    assertThat(isActive(narrow)).isFalse();
    assertRefused(exchange(connected.text("access_token")), 400, "invalid_request");
  }

  @Test
  void aTokenThatHasEndedIsNotExchanged() {
    var token = grants.connect(function).text("access_token");
    local.clock().advance(Duration.ofMinutes(10));

    assertRefused(exchange(token), 400, "invalid_request");
  }

  @Test
  void aTokenOfAnotherAppIsNotExchanged() {
    var webs = grants.connectWeb(function).text("access_token");

    assertRefused(exchange(webs), 400, "invalid_request");
  }

  @Test
  void onlyAccessTokensAreExchanged() {
    var connected = grants.connect(function);
    for (var name : new String[] {"refresh_token", "id_token"}) {
      assertRefused(exchange(connected.text(name)), 400, "invalid_request");
    }
    assertRefused(exchange("not a token"), 400, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "subject_token, '', invalid_request",
    "subject_token_type, '', invalid_request",
    "subject_token_type, urn:ietf:params:oauth:token-type:refresh_token, invalid_request",
    "subject_token_type, urn:ietf:params:oauth:token-type:id_token, invalid_request",
    "subject_token_type, urn:ietf:params:oauth:token-type:jwt, invalid_request",
    "requested_token_type, urn:ietf:params:oauth:token-type:refresh_token, invalid_request",
    "requested_token_type, urn:ietf:params:oauth:token-type:jwt, invalid_request",
    "actor_token, x, invalid_request",
    "actor_token_type, urn:ietf:params:oauth:token-type:access_token, invalid_request",
    "audience, https://elsewhere.example/fhir, invalid_target",
    "audience, test-web, invalid_target",
    "resource, https://elsewhere.example/fhir, invalid_target",
  })
  void aBadExchangeIsRefused(String name, String value, String error) {
    var token = grants.connect(function).text("access_token");

    assertRefused(exchange(token, name, value), 400, error);
  }

  @ParameterizedTest
  @CsvSource({
    "requested_token_type, urn:ietf:params:oauth:token-type:access_token",
    "audience, https://latchkey.example/fhir",
    "audience, https://latchkey.example/fhir/",
    "resource, https://latchkey.example/fhir",
  })
  void whatIsOursMayBeNamed(String name, String value) {
    var token = grants.connect(function).text("access_token");

    assertThat(exchange(token, name, value).status()).isEqualTo(200);
  }

  @Test
  void aConfidentialAppAuthenticates() {
    var token = grants.connectWeb(function).text("access_token");
    var call = exchanging(token, TestClients.WEB.value());

    assertRefused(Call.post("/token").with(call).to(function), 401, "invalid_client");

    var answer =
        Call.post("/token")
            .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
            .with(call)
            .to(function);
    assertThat(answer.json()).containsEntry("expires_in", 300);
  }

  @Test
  void anAppThatIsNotRegisteredForItGetsNothing() {
    var call = exchanging("any", TestClients.BROWSER.value());

    assertRefused(Call.post("/token").with(call).to(function), 400, "unauthorized_client");
  }

  @Test
  void theRefreshEndpointDoesNotExchange() {
    var token = grants.connect(function).text("access_token");
    var answer =
        Call.post("/refresh")
            .with(exchanging(token, TestClients.NATIVE.value()))
            .to(new RefreshFunction(local.wiring()));

    assertRefused(answer, 400, "unsupported_grant_type");
  }

  private static Answer exchange(String token, String... more) {
    var call = exchanging(token, TestClients.NATIVE.value());
    for (int i = 0; i < more.length; i += 2) {
      call.put(more[i], more[i + 1]);
    }
    return Call.post("/token").with(call).to(function);
  }

  private static Map<String, String> exchanging(String token, String client) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    parameters.put("client_id", client);
    parameters.put("subject_token", token);
    parameters.put("subject_token_type", TYPE + "access_token");
    return parameters;
  }

  private static boolean isActive(String token) {
    var answer =
        Call.post("/introspect")
            .header("authorization", "Bearer " + grants.connect(function).text("access_token"))
            .with("token", token)
            .to(introspect);
    return Boolean.TRUE.equals(answer.json().get("active"));
  }

  private static JWTClaimsSet claims(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
