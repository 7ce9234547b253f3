package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.GatewayDeployment.READ;
import static dev.latchkey.endpoint.GatewayDeployment.assertAllowed;
import static dev.latchkey.endpoint.GatewayDeployment.assertRefused;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Which tokens API Gateway lets through to a FHIR server behind it, and what that server is told.
class AuthorizerFunctionTest {
  private final GatewayDeployment gateway = new GatewayDeployment();

  @Test
  void gtw1_tellsTheFhirServerWhoseTokenItIs() throws ParseException {
    var token = gateway.grants.connect(gateway.tokens).text("access_token");
    var claims = SignedJWT.parse(token).getJWTClaimsSet();

    var answer = gateway.ask(GatewayRequest.get(READ).bearer(token));

    assertThat(answer.answer()).containsOnlyKeys("isAuthorized", "context");
    assertThat(answer.answer()).containsEntry("isAuthorized", true);
    assertThat(answer.object("context"))
        .isEqualTo(
            Map.of(
                "scope",
                String.valueOf(claims.getClaim("scope")),
                "patient",
                "ana",
                "fhirUser",
                LocalWiring.ISSUER + "/fhir/Patient/ana",
                "client_id",
                TestClients.NATIVE.value(),
                "sub",
                "subject-of-ana",
                "sid",
                claims.getClaim("sid"),
                "exp",
                Long.toString(claims.getExpirationTime().toInstant().getEpochSecond()),
                "interaction",
                "Observation.r",
                "dpop_nonce",
                ""));
    assertThat(answer.log()).isEmpty();
  }

  @Test
  void gtw1_aServiceHasNoUserAndEveryMemberIsThereAllTheSame() {
    var answer =
        gateway.ask(GatewayRequest.get(READ).bearer(gateway.serviceToken("system/Observation.rs")));

    assertThat(answer.object("context").get("client_id")).isEqualTo(gateway.service.id().value());
    for (var member : new String[] {"patient", "fhirUser", "sid", "dpop_nonce"}) {
      assertThat(answer.object("context").get(member)).as(member).isEqualTo("");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "rt1_", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é"})
  void gtw2_refusesWhatIsNoToken(String token) {
    assertRefused(gateway.ask(GatewayRequest.get(READ).bearer(token)), "not_usable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic dTpw", "Bearer", "Token x"})
  void gtw2_refusesARequestWithoutOne(String authorization) {
    assertRefused(
        gateway.ask(GatewayRequest.get(READ).with("authorization", authorization)), "no_token");
    assertRefused(gateway.ask(GatewayRequest.get(READ)), "no_token");
  }

  /// One character of header, claims or signature changed, at every tenth place.
  @Test
  void gtw2_refusesATokenThatWasChangedAnywhere() {
    var token = gateway.token("patient/Observation.rs");
    assertAllowed(gateway.ask(GatewayRequest.get(READ).bearer(token)));
    for (int at = 0; at < token.length() - 1; at += 10) {
      var other = token.charAt(at) == 'A' ? 'B' : 'A';
      var changed = token.substring(0, at) + other + token.substring(at + 1);
      assertRefused(gateway.ask(GatewayRequest.get(READ).bearer(changed)), "not_usable");
    }
  }

  @Test
  void gtw2_refusesOtherTokensOfThisServer() throws ParseException {
    var granted = gateway.grants.connect(gateway.tokens);
    var claims = SignedJWT.parse(granted.text("access_token")).getJWTClaimsSet();
    var elsewhere = new JWTClaimsSet.Builder(claims).audience("https://other.example/fhir").build();

    for (var token :
        new String[] {
          granted.text("id_token"),
          granted.text("refresh_token"),
          gateway.local.wiring().signer().sign(elsewhere, AccessTokens.TYPE)
        }) {
      assertRefused(gateway.ask(GatewayRequest.get(READ).bearer(token)), "not_usable");
    }
  }

  @Test
  void gtw2_seesARevocationAndTheEndOfATokenAtOnce() {
    var granted = gateway.grants.connect(gateway.tokens);
    var expiring = gateway.token("patient/Observation.rs");
    assertAllowed(gateway.ask(GatewayRequest.get(READ).bearer(granted.text("access_token"))));
    Call.post("/revoke")
        .with("token", granted.text("refresh_token"))
        .with("client_id", TestClients.NATIVE.value())
        .to(new RevokeFunction(gateway.local.wiring()));

    assertRefused(
        gateway.ask(GatewayRequest.get(READ).bearer(granted.text("access_token"))), "not_usable");
    gateway.local.clock().advance(Duration.ofMinutes(10));
    assertRefused(gateway.ask(GatewayRequest.get(READ).bearer(expiring)), "not_usable");
  }

  @Test
  void gtw2_looksNothingUpForForgeriesAndForOtherPaths() {
    var token = gateway.token("patient/Observation.rs");
    assertAllowed(gateway.ask(GatewayRequest.get(READ).bearer(token)));
    gateway.local.calls().reset();

    gateway.ask(
        GatewayRequest.get(READ).bearer(token.substring(0, token.length() - 10) + "AAAAAAAAAA"));
    gateway.ask(GatewayRequest.get("/elsewhere").bearer(token));

    assertThat(gateway.local.calls().of("query", "batchGetItem")).isZero();
  }

  @Test
  void gtw2_failsWhileTheStoreDoesNotAnswer() {
    var token = gateway.token("patient/Observation.rs");
    var clients =
        new AwsClients(Faults.unreachable(DynamoDbClient.class), gateway.local.aws().kms());
    var cut = new AuthorizerFunction(LocalWiring.over(gateway.local.settings(), clients).wiring());

    assertThatThrownBy(() -> Invocation.of(cut, GatewayRequest.get(READ).bearer(token).event()))
        .isInstanceOf(Unavailable.class);
  }
}
