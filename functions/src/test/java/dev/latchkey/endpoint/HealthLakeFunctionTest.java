package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.HealthLakeDeployment.READING;
import static dev.latchkey.endpoint.HealthLakeDeployment.STORE;
import static dev.latchkey.endpoint.HealthLakeDeployment.WRITING;
import static dev.latchkey.endpoint.HealthLakeDeployment.ask;
import static dev.latchkey.endpoint.HealthLakeDeployment.assertRefused;
import static dev.latchkey.endpoint.HealthLakeDeployment.event;
import static dev.latchkey.endpoint.HealthLakeDeployment.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Unavailable;
import dev.latchkey.token.AccessTokens;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What AWS HealthLake is told about the requests that it asks about.
class HealthLakeFunctionTest {
  private static final String LABORATORY =
      "?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

  private static final HealthLakeDeployment healthLake = new HealthLakeDeployment();
  private static final LocalWiring local = healthLake.local;
  private static final TokenFunction tokens = healthLake.tokens;
  private static final Grants grants = healthLake.grants;
  private static final HealthLakeFunction function = healthLake.function;
  private static final HealthLakeFunction writing =
      healthLake.function(Optional.of(WRITING), false);
  private static final HealthLakeFunction widening = healthLake.function(Optional.empty(), true);

  @Test
  void hlk1_saysWhoseTokenItIsAndHowLongAndWithWhichRoleToRead() throws ParseException {
    var granted = grants.connect(tokens);
    var claims = SignedJWT.parse(granted.text("access_token")).getJWTClaimsSet();
    var issuedAt = (int) claims.getIssueTime().toInstant().getEpochSecond();

    var answer = ask(function, granted.text("access_token"));

    assertThat(answer.answer()).containsOnlyKeys("authPayload", "iamRoleARN");
    assertThat(answer.answer()).containsEntry("iamRoleARN", READING);
    assertThat(answer.object("authPayload"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("iss", LocalWiring.ISSUER),
                Map.entry("aud", STORE),
                Map.entry("iat", issuedAt),
                Map.entry("nbf", issuedAt),
                Map.entry("exp", (int) claims.getExpirationTime().toInstant().getEpochSecond()),
                Map.entry("isAuthorized", "true"),
                Map.entry("uid", "subject-of-ana"),
                Map.entry("client_id", TestClients.NATIVE.value()),
                Map.entry("scope", "launch/patient patient/Observation.rs patient/Patient.r"),
                Map.entry("patient", "ana"),
                Map.entry("fhirUser", LocalWiring.ISSUER + "/fhir/Patient/ana")));
    assertThat(answer.log()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "patient/Observation.read, patient/Observation.rs",
    "patient/Observation.r openid launch/patient, patient/Observation.r launch/patient",
    "patient/Observation.cruds patient/Patient.cud, patient/Observation.rs",
    "user/Observation.rs, user/Observation.rs",
    "patient/Condition.rs patient/Observation.rs" + LABORATORY + ", patient/Condition.rs",
  })
  void hlk2_tellsTheScopesThatHealthLakeKnowsAndNoMoreThanReading(String granted, String told) {
    assertThat(scope(ask(function, token(granted)))).isEqualTo(told);
  }

  @Test
  void hlk2_spellsAWildcardOutWithoutWhoHasReadTheRecord() {
    assertThat(scope(ask(function, token("patient/*.rs"))))
        .contains("patient/Observation.rs", "patient/Patient.rs")
        .doesNotContain("*", "AuditEvent");
  }

  @Test
  void hlk2_namesTheWritingRoleForAppsThatMayWriteOnly() {
    var may = ask(writing, token("patient/Observation.cruds"));
    assertThat(scope(may)).isEqualTo("patient/Observation.cruds");
    assertThat(may.answer()).containsEntry("iamRoleARN", WRITING);

    assertThat(ask(writing, token("patient/Observation.rs")).answer())
        .containsEntry("iamRoleARN", READING);
  }

  @Test
  void hlk2_knowsAServiceWithoutAUser() {
    var answer =
        ask(function, healthLake.serviceToken("system/Observation.rs patient/Condition.rs"));

    assertThat(scope(answer)).isEqualTo("system/Observation.rs");
    assertThat(answer.object("authPayload").get("patient")).isNull();
  }

  @Test
  void hlk3_opensAPartOfATypeOnlyWhereTheOperatorWidensIt() {
    var token = token("patient/Observation.rs" + LABORATORY);

    assertRefused(ask(function, token), "no_scope_left", TestClients.NATIVE);

    var widened = ask(widening, token);
    assertThat(scope(widened)).isEqualTo("patient/Observation.rs");
    assertThat(widened.log())
        .singleElement()
        .asString()
        .contains("healthlake_widened", TestClients.NATIVE.value());
    assertThat(ask(widening, token("patient/Observation.rs")).log()).isEmpty();
  }

  @Test
  void hlk4_refusesATokenThatIsBoundToAKey() throws ParseException {
    var claims = SignedJWT.parse(token("patient/Observation.rs")).getJWTClaimsSet();
    for (var key : new String[] {"jkt", "x5t#S256"}) {
      var bound =
          new JWTClaimsSet.Builder(claims).claim("cnf", Map.of(key, "thumbprint-of-a-key")).build();
      var token = local.wiring().signer().sign(bound, AccessTokens.TYPE);

      assertRefused(ask(function, token), "bound_to_a_key", TestClients.NATIVE);
    }
  }

  @Test
  void hlk5_refusesATokenThatOpensNothingThere() {
    assertRefused(ask(function, token("openid launch/patient")), "no_scope_left");
    assertRefused(ask(function, token("patient/Observation.cud")), "no_scope_left");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "rt1_", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é"})
  void hlk5_refusesWhatIsNoToken(String token) {
    assertRefused(ask(function, token), "not_usable");
  }

  @Test
  void hlk5_refusesOtherTokensOfThisServer() {
    var granted = grants.connect(tokens);

    assertRefused(ask(function, granted.text("id_token")), "not_usable");
    assertRefused(ask(function, granted.text("refresh_token")), "not_usable");
  }

  @Test
  void hlk5_refusesAnExpiredTokenAndOneForAnotherServer() throws ParseException {
    var token = token("patient/Observation.rs");
    var claims = SignedJWT.parse(token).getJWTClaimsSet();
    var elsewhere = new JWTClaimsSet.Builder(claims).audience("https://other.example/fhir").build();

    assertRefused(
        ask(function, local.wiring().signer().sign(elsewhere, AccessTokens.TYPE)), "not_usable");
    local.clock().advance(Duration.ofMinutes(10));
    assertRefused(ask(function, token), "not_usable");
  }

  @Test
  void hlk5_seesARevocationAtOnce() {
    var granted = grants.connect(tokens);
    Call.post("/revoke")
        .with("token", granted.text("refresh_token"))
        .with("client_id", TestClients.NATIVE.value())
        .to(new RevokeFunction(local.wiring()));

    assertRefused(ask(function, granted.text("access_token")), "not_usable");
  }

  @Test
  void hlk5_looksNothingUpForForgeriesAndForOtherStores() {
    var token = token("patient/Observation.rs");
    ask(function, token);
    local.calls().reset();

    assertRefused(
        ask(function, token.substring(0, token.length() - 10) + "AAAAAAAAAA"), "not_usable");
    assertRefused(
        Invocation.of(function, event("https://other.example/r4/", token)), "other_data_store");

    assertThat(local.calls().of("query", "batchGetItem")).isZero();
  }

  @Test
  void hlk5_failsWhileTheStoreDoesNotAnswer() {
    var token = token("patient/Observation.rs");
    var clients = new AwsClients(Faults.unreachable(DynamoDbClient.class), local.aws().kms());
    var down = LocalWiring.over(local.settings(), clients).wiring();
    var cut = new HealthLakeFunction(down, HealthLakeDeployment.policy(Optional.empty(), false));

    assertThatThrownBy(() -> ask(cut, token)).isInstanceOf(Unavailable.class);
  }

  private static String token(String scope) {
    return healthLake.token(scope);
  }
}
