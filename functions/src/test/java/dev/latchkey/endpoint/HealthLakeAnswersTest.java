package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.HealthLakeDeployment.STORE;
import static dev.latchkey.endpoint.HealthLakeDeployment.ask;
import static dev.latchkey.endpoint.HealthLakeDeployment.assertAllowed;
import static dev.latchkey.endpoint.HealthLakeDeployment.assertRefused;
import static dev.latchkey.endpoint.HealthLakeDeployment.event;
import static dev.latchkey.endpoint.HealthLakeDeployment.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Unavailable;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.token.AccessTokens;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What HealthLake's questions cost, in which order they are looked at, and what the answers and
/// the log do not say.
class HealthLakeAnswersTest {
  private static final String READ = "patient/Observation.rs";

  private final HealthLakeDeployment healthLake = new HealthLakeDeployment();
  private final LocalWiring local = healthLake.local;

  static Stream<String> malformedEvents() {
    return Stream.of(
        "",
        " ",
        "null",
        "true",
        "7",
        "\"not-a-secret-token\"",
        "[]",
        "[\"not-a-secret-token\"]",
        "not-a-secret-token",
        "{\"bearerToken\":\"not-a-secret-token\"",
        "{}",
        "{\"bearerToken\":\"not-a-secret-token\"}",
        "{\"datastoreEndpoint\":\"" + STORE + "\"}",
        "{\"datastoreEndpoint\":\"" + STORE + "\",\"bearerToken\":null}",
        "{\"datastoreEndpoint\":\"" + STORE + "\",\"bearerToken\":[\"not-a-secret-token\"]}",
        "{\"datastoreEndpoint\":\"" + STORE + "\",\"bearerToken\":{\"token\":\"not-a-secret\"}}",
        "{\"datastoreEndpoint\":7,\"bearerToken\":\"not-a-secret-token\"}",
        "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
        "{\"x\":" + "9".repeat(5000) + "}");
  }

  @ParameterizedTest
  @MethodSource("malformedEvents")
  void hlk5_refusesAnEventThatItCannotReadWithoutRepeatingIt(String event) {
    var fresh = healthLake.another();
    local.calls().reset();

    var answer = Invocation.of(fresh, event);

    assertRefused(answer, "unreadable");
    assertThat(answer.log()).singleElement().asString().doesNotContain("not-a-secret");
    assertThat(local.calls().counts()).isEmpty();
  }

  static Stream<String> malformedTokens() {
    return Stream.of(
        "",
        "x",
        "a.b.c",
        "..",
        "eyJhbGciOiJub25lIn0.e30.",
        "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AA",
        encoded("{\"alg\":\"RS256\"}") + ".e30.AA",
        encoded("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}") + "." + ".AA",
        encoded("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"x\"}") + ".e30.AA",
        encoded("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}") + ".e30.AA",
        encoded("{\"alg\":7,\"typ\":\"at+jwt\"}") + ".e30.AA",
        encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"x\"}") + ".e30.AA",
        encoded("{\"alg\":\"RS256\",\"typ\":[\"at+jwt\"]}") + ".e30.AA",
        encoded("[".repeat(3000) + "]".repeat(3000)) + ".e30.AA",
        encoded("{\"a\":".repeat(1500) + "1" + "}".repeat(1500)) + ".e30.AA",
        "a".repeat(8193));
  }

  /// Before any key and any table: an instance that has read nothing yet goes on having read
  /// nothing.
  @ParameterizedTest
  @MethodSource("malformedTokens")
  void hlk5_asksNobodyAboutATokenThatCannotBeOurs(String token) {
    var fresh = healthLake.another();
    local.calls().reset();

    assertRefused(ask(fresh, token), "not_usable");

    assertThat(local.calls().counts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://latchkey.example/fhir//",
        "https://latchkey.example/FHIR/",
        "https://latchkey.example/fhir/../fhir/",
        "https://latchkey.example.evil.example/fhir/",
        "http://latchkey.example/fhir/",
        "",
      })
  void hlk5_asksNobodyForAnotherDataStore(String store) {
    var token = healthLake.token(READ);
    var fresh = healthLake.another();
    local.calls().reset();

    assertRefused(Invocation.of(fresh, event(store, token)), "other_data_store");

    assertThat(local.calls().counts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "=", "==", " ", "\n", "%", "é", "~", "\u0000"})
  void hlk5_aTokenHasOneSpelling(String more) {
    var token = healthLake.token(READ);

    for (var other :
        new String[] {
          token + more, more + token, token.replaceFirst("[.]", "." + more), "Bearer " + token
        }) {
      assertRefused(ask(healthLake.function, other), "not_usable");
    }
    assertAllowed(ask(healthLake.function, token));
  }

  /// A token that says by itself that it is worth nothing is not looked up, whatever became of its
  /// grant.
  @Test
  void hlk5_looksAtATokensOwnWordsBeforeItsGrant() throws ParseException {
    var granted = healthLake.grants.connect(healthLake.tokens);
    var token = granted.text("access_token");
    var claims = SignedJWT.parse(token).getJWTClaimsSet();
    var elsewhere = signed(new JWTClaimsSet.Builder(claims).audience("https://other.example/r4"));
    var issuer = signed(new JWTClaimsSet.Builder(claims).issuer("https://other.example"));
    assertAllowed(ask(healthLake.function, token));
    Call.post("/revoke")
        .with("token", granted.text("refresh_token"))
        .with("client_id", TestClients.NATIVE.value())
        .to(new RevokeFunction(local.wiring()));

    assertThat(callsFor(token)).isEqualTo(Map.of("query", 1));
    assertThat(callsFor(elsewhere)).isEmpty();
    assertThat(callsFor(issuer)).isEmpty();
    assertThat(callsFor(granted.text("id_token"))).isEmpty();
    local.clock().advance(Duration.ofMinutes(10).plusSeconds(1));
    assertThat(callsFor(token)).containsOnlyKeys("getItem");
    assertThat(callsFor(token)).isEmpty();
  }

  /// The schedule of the keys, which an instance reads once a minute, is the one call besides.
  private Map<String, Integer> callsFor(String token) {
    local.calls().reset();
    assertRefused(ask(healthLake.function, token), "not_usable");
    return local.calls().counts();
  }

  @Test
  void hlk5_asksForTheGrantOnceWhateverTheAnswer() throws ParseException {
    var read = healthLake.token(READ);
    var bound =
        signed(
            new JWTClaimsSet.Builder(SignedJWT.parse(read).getJWTClaimsSet())
                .claim("cnf", Map.of("jkt", "thumbprint-of-a-key")));
    var nothing = healthLake.token("openid launch/patient");
    var ofService = healthLake.serviceToken("system/Observation.rs");
    assertAllowed(ask(healthLake.function, read));

    for (var token : new String[] {read, bound, nothing}) {
      local.calls().reset();
      ask(healthLake.function, token);
      assertThat(local.calls().counts()).isEqualTo(Map.of("query", 1, "batchGetItem", 1));
    }
    local.calls().reset();
    assertAllowed(ask(healthLake.function, ofService));
    assertThat(local.calls().counts()).isEqualTo(Map.of("getItem", 1, "batchGetItem", 1));
  }

  @Test
  void hlk1_noAnswerRepeatsTheTokenAndNoLogLineNamesAUser() throws ParseException {
    var widening = healthLake.function(Optional.empty(), true);
    var part = healthLake.token(READ + "?category=" + RecordCategory.LABORATORY.token());
    var nothing = healthLake.token("openid launch/patient");
    var bound =
        signed(
            new JWTClaimsSet.Builder(SignedJWT.parse(part).getJWTClaimsSet())
                .claim("cnf", Map.of("jkt", "thumbprint-of-a-key")));

    for (var answer :
        new Invocation[] {
          ask(widening, part),
          ask(healthLake.function, part),
          ask(healthLake.function, bound),
          ask(healthLake.function, nothing),
          ask(healthLake.function, part.substring(0, part.length() - 4) + "AAAA"),
          Invocation.of(healthLake.function, event("https://other.example/r4/", part)),
        }) {
      assertThat(answer.answer().toString())
          .doesNotContain("eyJ", "jti", "sid", "cnf", "thumbprint");
      assertThat(answer.log())
          .singleElement()
          .asString()
          .doesNotContain("eyJ", "ana", "Patient", "subject", "https:");
    }
  }

  @Test
  void hlk5_aFaultSaysNothingOfTheTokenOrItsUser() {
    var token = healthLake.token(READ);
    var clients = new AwsClients(Faults.unreachable(DynamoDbClient.class), local.aws().kms());
    var cut =
        new HealthLakeFunction(
            LocalWiring.over(local.settings(), clients).wiring(),
            HealthLakeDeployment.policy(Optional.empty(), false));

    var fault = catchThrowable(() -> ask(cut, token));

    assertThat(fault).isInstanceOf(Unavailable.class);
    var printed = new StringWriter();
    fault.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).doesNotContain("eyJ", "ana", "https:");
  }

  @ParameterizedTest
  @EnumSource(RecordCategory.class)
  void hlk3_noPartOfATypeOpensTheTypeUnlessTheOperatorWidensIt(RecordCategory category) {
    var type = category.type().fhirName();
    var part = ".rs?category=" + category.token();
    var widening = healthLake.function(Optional.empty(), true);

    for (var level : new String[] {"patient/", "user/"}) {
      var token = healthLake.token(level + type + part);
      assertRefused(ask(healthLake.function, token), "no_scope_left", TestClients.NATIVE);
      assertThat(scope(ask(widening, token))).isEqualTo(level + type + ".rs");
    }
    var ofService = healthLake.serviceToken("system/" + type + part);
    assertRefused(ask(healthLake.function, ofService), "no_scope_left");
    assertThat(scope(ask(widening, ofService))).isEqualTo("system/" + type + ".rs");
    // What is whole stays, and a part adds nothing to it.
    var mixed = healthLake.token("patient/Goal.rs patient/" + type + part);
    assertThat(scope(ask(healthLake.function, mixed))).isEqualTo("patient/Goal.rs");
  }

  private String signed(JWTClaimsSet.Builder claims) {
    return local.wiring().signer().sign(claims.build(), AccessTokens.TYPE);
  }

  private static String encoded(String header) {
    return Base64URL.encode(header).toString();
  }
}
