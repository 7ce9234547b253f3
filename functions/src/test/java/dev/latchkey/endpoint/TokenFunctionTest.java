package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.GrantType;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The authorization code grant, and requests that are none.
class TokenFunctionTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction function = new TokenFunction(local.wiring());
  private static final Grants grants = new Grants(local);

  @BeforeAll
  static void seed() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp()).seed(TestClients.webApp());
    assertThat(grants.connect(function).status()).isEqualTo(200);
  }

  @BeforeEach
  void reset() {
    local.calls().reset();
  }

  @Test
  void aCodeBecomesTokens() throws Exception {
    var answer = grants.connect(function);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("pragma")).isEqualTo("no-cache");
    assertThat(answer.header("content-type")).startsWith("application/json");
    assertThat(answer.json())
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 600)
        .containsEntry("scope", Grants.SHORTENED)
        .containsEntry("patient", "ana");
    assertThat(answer.text("refresh_token")).matches("rt1_[A-Za-z0-9_-]{92}");

    var access = SignedJWT.parse(answer.text("access_token"));
    assertThat(access.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(access.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    var key = local.wiring().signer().published().getKeyByKeyId(access.getHeader().getKeyID());
    assertThat(access.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    var claims = access.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(LocalWiring.ISSUER);
    assertThat(claims.getAudience()).containsExactly(LocalWiring.ISSUER + "/fhir");
    assertThat(claims.getStringClaim("client_id")).isEqualTo(TestClients.NATIVE.value());
    assertThat(claims.getStringClaim("scope")).isEqualTo(Grants.SHORTENED);
    assertThat(claims.getStringClaim("patient")).isEqualTo("ana");
    assertThat(claims.getStringClaim("fhirUser"))
        .isEqualTo(LocalWiring.ISSUER + "/fhir/Patient/ana");
    assertThat(claims.getSubject()).isEqualTo("subject-of-ana");
    assertThat(claims.getJWTID()).isNotEmpty();
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(600));
  }

  @Test
  void openidBringsAnIdToken() throws Exception {
    var answer = grants.connect(function);
    var claims = SignedJWT.parse(answer.text("id_token")).getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly(TestClients.NATIVE.value());
    assertThat(claims.getStringClaim("nonce")).isEqualTo("n-0S6_WzA2Mj");
    assertThat(claims.getStringClaim("fhirUser"))
        .isEqualTo(LocalWiring.ISSUER + "/fhir/Patient/ana");
    assertThat(claims.getStringClaim("at_hash")).hasSize(22);
    assertThat(claims.getLongClaim("auth_time")).isEqualTo(local.clock().seconds());
  }

  @Test
  void oid4_withoutOpenidAndOfflineAccessThereIsOnlyAnAccessToken() {
    var code =
        grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, "patient/Observation.rs");
    var answer = grants.exchange(code).to(function);
    assertThat(answer.json())
        .containsOnlyKeys("access_token", "token_type", "expires_in", "scope", "patient");
  }

  /// As when its developer took the grant away after the patient's yes.
  @ParameterizedTest
  @ValueSource(strings = {"offline_access", "online_access"})
  void anAppThatCannotRefreshIsGrantedNoLastingAccess(String lasting) {
    var id = new ClientId("test-once");
    local.seed(
        TestClients.as(id, TestClients.browserApp())
            .withGrantTypes(EnumSet.of(GrantType.AUTHORIZATION_CODE)));
    var code = grants.code(id, TestClients.BROWSER_REDIRECT, lasting + " patient/Observation.rs");

    var answer =
        Call.post("/token")
            .with("grant_type", "authorization_code")
            .with("code", code)
            .with("redirect_uri", TestClients.BROWSER_REDIRECT)
            .with("code_verifier", Grants.VERIFIER)
            .with("client_id", id.value())
            .to(function);

    assertThat(answer.json())
        .containsOnlyKeys("access_token", "token_type", "expires_in", "scope", "patient")
        .containsEntry("scope", "patient/Observation.rs");
  }

  @Test
  void anExchangeIsThreeWritesAndTwoSignatures() {
    var code = grants.nativeCode();
    local.calls().reset();
    assertThat(grants.exchange(code).to(function).status()).isEqualTo(200);
    assertThat(local.calls().writes()).isLessThanOrEqualTo(3);
    assertThat(local.calls().signs()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "code, '', invalid_request",
    "code, not-a-code, invalid_grant",
    "redirect_uri, '', invalid_request",
    "redirect_uri, http://127.0.0.1:51004/callback, invalid_grant",
    "grant_type, '', invalid_request",
    "grant_type, password, unsupported_grant_type",
    "grant_type, client_credentials, unauthorized_client",
  })
  void auz19_aBadExchangeIsRefusedAndLeavesTheCodeUsable(String name, String value, String error) {
    var code = grants.nativeCode();
    local.calls().reset();
    Grants.assertRefused(grants.changed(code, name, value).to(function), 400, error);
    assertThat(local.calls().writes()).isZero();
    assertThat(grants.exchange(code).to(function).status()).isEqualTo(200);
  }

  @Test
  void anExpiredCodeIsRefusedThoughTheStoreStillHasIt() {
    var code = grants.nativeCode();
    local.clock().advance(Duration.ofSeconds(60));
    Grants.assertRefused(grants.exchange(code).to(function), 400, "invalid_grant");
  }

  @Test
  void aReplayedCodeEndsTheGrant() {
    var code = grants.nativeCode();
    var tokens = grants.exchange(code).to(function);
    Grants.assertRefused(grants.exchange(code).to(function), 400, "invalid_grant");
    Grants.assertRefused(
        grants.refresh(tokens.text("refresh_token")).to(function), 400, "invalid_grant");
  }

  @Test
  void aReplayWithAWrongVerifierChangesNothing() {
    var code = grants.nativeCode();
    var tokens = grants.exchange(code).to(function);
    var replay = grants.changed(code, "code_verifier", "x".repeat(43));
    Grants.assertRefused(replay.to(function), 400, "invalid_grant");
    assertThat(grants.refresh(tokens.text("refresh_token")).to(function).status()).isEqualTo(200);
  }

  @Test
  void ofTwentyParallelExchangesAtMostOneWorks() throws Exception {
    var code = grants.nativeCode();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(
              IntStream.range(0, 20)
                  .<Callable<Answer>>mapToObj(i -> () -> grants.exchange(code).to(function))
                  .toList());
      int worked = 0;
      for (var answer : answers) {
        worked += answer.get().status() == 200 ? 1 : 0;
      }
      assertThat(worked).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grant_type=%ff", "grant_type=%", "a=1&a=2&grant_type=refresh_token", ""})
  void malformedFormsAreInvalidRequestOrInvalidClient(String body) {
    var answer = Call.post("/token").raw(body).to(function);
    assertThat(answer.status()).isIn(400, 401);
    assertThat(answer.text("error")).isIn("invalid_request", "invalid_client");
    assertThat(answer.text("error_description")).isNotBlank();
    assertThat(answer.text("error_uri")).startsWith(LocalWiring.ISSUER + "/errors/invalid_");
  }

  @Test
  void jsonIsNotAForm() {
    var answer =
        Call.post("/token").header("content-type", "application/json").raw("{}").to(function);
    Grants.assertRefused(answer, 400, "invalid_request");
  }

  @Test
  void pagesOfAnyOriginMayCall() {
    var preflight = Call.options("/token").header("origin", "https://app.example").to(function);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(preflight.headers()).doesNotContainKey("access-control-allow-credentials");
    assertThat(Call.post("/token").to(function).header("access-control-allow-origin"))
        .isEqualTo("*");
  }
}
