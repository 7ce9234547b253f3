package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Grants.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.GrantType;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import java.text.ParseException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Backend services (SMART 2.2; BKS-1 to BKS-3).
class ServiceAccessTest {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction function = new TokenFunction(local.wiring());
  private static final IntrospectFunction introspect = new IntrospectFunction(local.wiring());
  private static final RevokeFunction revoke = new RevokeFunction(local.wiring());
  private static final SigningApp service = SigningApp.called("test-service");
  private static final SigningApp withUsers = SigningApp.called("test-service-with-users");

  @BeforeAll
  static void seed() {
    local
        .seed(registered(service, GrantType.CLIENT_CREDENTIALS))
        .seed(withUsers.registered())
        .seed(
            TestClients.webApp()
                .withScopes(ScopeSet.parse("system/*.rs"))
                .withGrantTypes(EnumSet.allOf(GrantType.class)));
  }

  private static Client registered(SigningApp app, GrantType... types) {
    return app.registered()
        .withGrantTypes(Set.of(types))
        .withScopes(ScopeSet.parse("system/Observation.rs system/Patient.r patient/*.rs openid"));
  }

  @Test
  void bks2_aServiceGetsAShortTokenAndNothingElse() throws ParseException {
    var answer = ask(service, "system/Observation.rs");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .containsOnlyKeys("access_token", "token_type", "expires_in", "scope")
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 300)
        .containsEntry("scope", "system/Observation.rs");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    var claims = SignedJWT.parse(answer.text("access_token")).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo("test-service");
    assertThat(claims.getClaim("gty")).isEqualTo("client_credentials");
    assertThat(claims.getClaims()).doesNotContainKeys("sid", "patient", "fhirUser", "auth_time");
  }

  @ParameterizedTest
  @CsvSource({
    "system/Observation.rs system/Condition.rs, system/Observation.rs",
    "system/Observation.read, system/Observation.read",
    "system/Observation.cruds, system/Observation.rs",
    "system/*.rs, system/Observation.rs system/Patient.r",
    "system/Patient.r system/Media.r profile, system/Patient.r",
    "system/Patient.rs, system/Patient.r",
    "system/Observation.r?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory,"
        + " system/Observation.r?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
  })
  void bks1_theAnswerNamesWhatWasGranted(String asked, String granted) {
    assertThat(ask(service, asked).text("scope")).isEqualTo(granted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system/Condition.rs",
        "system/Media.rs",
        "system/Observation.sr",
        "system/Observation.rs?category=x",
        "patient/Observation.rs",
        "system/Observation.rs patient/Observation.rs",
        "openid",
        "offline_access",
        "nonsense",
        " ",
      })
  void bks1_whatIsNotAllowedIsRefused(String scope) {
    assertRefused(ask(service, scope), 400, "invalid_scope");
  }

  @Test
  void bks1_aScopeIsRequired() {
    var answer = asking(service).to(function);

    assertRefused(answer, 400, "invalid_scope");
  }

  @Test
  void bks1_anAppThatIsNotRegisteredForItGetsNothing() {
    assertRefused(ask(withUsers, "system/Observation.rs"), 400, "unauthorized_client");
  }

  @Test
  void bks1_aSecretIsNotEnough() {
    var answer =
        Call.post("/token")
            .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
            .with("grant_type", "client_credentials")
            .with("scope", "system/Patient.r")
            .to(function);

    assertRefused(answer, 400, "unauthorized_client");
  }

  @Test
  void bks1_nobodyGetsAnythingForAName() {
    var answer =
        Call.post("/token")
            .with("grant_type", "client_credentials")
            .with("client_id", service.id().value())
            .with("scope", "system/Patient.r")
            .to(function);

    assertRefused(answer, 401, "invalid_client");
  }

  @Test
  void bks3_anotherAssertionTypeIsRefused() {
    var answer =
        Call.post("/token")
            .with("grant_type", "client_credentials")
            .with(
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")
            .with("client_assertion", service.assertion(local.clock().instant()))
            .with("scope", "system/Patient.r")
            .to(function);

    assertThat(answer.status()).isIn(400, 401);
    assertThat(answer.json()).doesNotContainKey("access_token");
  }

  @Test
  void sco10_aServiceCannotSendAPatientToTheAuthorizationEndpoint() {
    var request = Asking.changed("client_id", service.id().value());
    request.put("redirect_uri", SigningApp.REDIRECT);

    var answer = Call.get("/authorize").with(request).to(new AuthorizeFunction(local.wiring()));

    assertThat(Asking.query(answer.header("location")))
        .containsEntry("error", "unauthorized_client");
  }

  @ParameterizedTest
  @CsvSource({
    "https://latchkey.example/fhir, 200",
    "https://latchkey.example/fhir/, 200",
    "https://elsewhere.example/fhir, 400"
  })
  void aTokenIsForThisServerAlone(String resource, int status) {
    var answer =
        asking(service).with("scope", "system/Patient.r").with("resource", resource).to(function);

    assertThat(answer.status()).isEqualTo(status);
    if (status == 400) {
      assertRefused(answer, 400, "invalid_target");
    }
  }

  @Test
  void int1_itsTokenCanBeIntrospected() {
    var token = ask(service, "system/Patient.r").text("access_token");

    var answer = introspected(token);

    assertThat(answer.json())
        .containsEntry("active", true)
        .containsEntry("scope", "system/Patient.r")
        .containsEntry("client_id", "test-service")
        .containsEntry("sub", "test-service")
        .containsEntry("exp", Math.toIntExact(local.clock().seconds() + 300))
        .doesNotContainKeys("patient", "fhirUser");
  }

  @Test
  void itsTokenEndsAfterFiveMinutes() {
    var token = ask(service, "system/Patient.r").text("access_token");
    local.clock().advance(Duration.ofMinutes(5));

    assertThat(introspected(token).json()).containsEntry("active", false);
  }

  @Test
  void itsTokenCanBeRevokedAloneAndByItAlone() {
    var token = ask(service, "system/Patient.r").text("access_token");
    var other = ask(service, "system/Patient.r").text("access_token");

    var byAnother = signed(Call.post("/revoke"), withUsers).with("token", token).to(revoke);
    assertThat(byAnother.status()).isEqualTo(200);
    assertThat(introspected(token).json()).containsEntry("active", true);

    assertThat(signed(Call.post("/revoke"), service).with("token", token).to(revoke).status())
        .isEqualTo(200);
    assertThat(introspected(token).json()).containsEntry("active", false);
    assertThat(introspected(other).json()).containsEntry("active", true);
  }

  @Test
  void itsTokensEndWithItAndWithEverythingOfIt() {
    var doomed = SigningApp.called("test-service-doomed");
    var client = registered(doomed, GrantType.CLIENT_CREDENTIALS);
    local.seed(client);
    var token = ask(doomed, "system/Patient.r").text("access_token");
    assertThat(introspected(doomed.id(), token)).isEqualTo(true);

    local.seed(client.with(client.registration().disabled(true)));
    assertThat(introspected(doomed.id(), token)).isEqualTo(false);

    local.seed(client);
    assertThat(introspected(doomed.id(), token)).isEqualTo(true);
    local
        .wiring()
        .stores()
        .cutoffs()
        .raise(new Cutoffs.Of.Client(doomed.id()), local.clock().seconds(), Lifetimes.END_OF_TIME);
    assertThat(introspected(doomed.id(), token)).isEqualTo(false);
  }

  @Test
  void itsTokenIsNotExchanged() {
    var exchanging = SigningApp.called("test-service-exchanging");
    local.seed(registered(exchanging, GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE));
    var token = ask(exchanging, "system/Patient.r").text("access_token");

    var answer =
        signed(Call.post("/token"), exchanging)
            .with("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
            .with("subject_token", token)
            .with("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            .to(function);

    assertRefused(answer, 400, "invalid_request");
  }

  private static Answer ask(SigningApp app, String scope) {
    return asking(app).with("scope", scope).to(function);
  }

  private static Call asking(SigningApp app) {
    return signed(Call.post("/token"), app).with("grant_type", "client_credentials");
  }

  private static Call signed(Call call, SigningApp app) {
    return call.with("client_assertion_type", ASSERTION_TYPE)
        .with("client_assertion", app.assertion(local.clock().instant()));
  }

  private static Answer introspected(String token) {
    return signed(Call.post("/introspect"), service).with("token", token).to(introspect);
  }

  /// As the introspection of a resource server, which outlives the service.
  private static boolean introspected(ClientId owner, String token) {
    local.seed(TestClients.resourceServer());
    var answer =
        Call.post("/introspect")
            .header("authorization", basic(TestClients.SERVER.value(), TestClients.WEB_SECRET))
            .with("token", token)
            .to(introspect);
    return Boolean.TRUE.equals(answer.json().get("active"))
        && owner.value().equals(answer.text("client_id"));
  }
}
