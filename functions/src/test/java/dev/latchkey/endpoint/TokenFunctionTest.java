package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFunctionTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction function = new TokenFunction(local.wiring());
  private static final RefreshFunction refreshFunction = new RefreshFunction(local.wiring());
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
        .containsEntry("scope", Grants.SCOPE)
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
    assertThat(claims.getStringClaim("scope")).isEqualTo(Grants.SCOPE);
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
  void withoutOpenidAndOfflineAccessThereIsOnlyAnAccessToken() {
    var code =
        grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, "patient/Observation.rs");
    var answer = grants.exchange(code).to(function);
    assertThat(answer.json())
        .containsOnlyKeys("access_token", "token_type", "expires_in", "scope", "patient");
  }

  @Test
  void onlineAccessEndsWithTheSession() {
    var code =
        grants.code(
            TestClients.NATIVE, TestClients.NATIVE_REDIRECT, "online_access patient/Patient.rs");
    var token = grants.exchange(code).to(function).text("refresh_token");
    for (int i = 0; i < 5; i++) {
      local.clock().advance(Duration.ofMinutes(11));
      var next = grants.refresh(token).to(function);
      assertThat(next.status()).isEqualTo(200);
      token = next.text("refresh_token");
    }
    local.clock().advance(Duration.ofMinutes(6));
    assertRefused(grants.refresh(token).to(function), 400, "invalid_grant");
  }

  @Test
  void anExchangeIsThreeWritesAndTwoSignatures() {
    var code = grants.nativeCode();
    local.calls().reset();
    assertThat(grants.exchange(code).to(function).status()).isEqualTo(200);
    assertThat(local.calls().writes()).isLessThanOrEqualTo(3);
    assertThat(local.calls().signs()).isEqualTo(2);
  }

  @Test
  void aRefreshIsOneWriteAndOneSignature() {
    var token = grants.connect(function).text("refresh_token");
    local.calls().reset();
    assertThat(grants.refresh(token).to(function).status()).isEqualTo(200);
    assertThat(local.calls().writes()).isEqualTo(1);
    assertThat(local.calls().signs()).isEqualTo(1);
  }

  @Test
  void garbageIsNoWriteNoReadOfFamiliesAndNoSignature() {
    var token = grants.connect(function).text("refresh_token");
    grants.refresh("rt1_" + "A".repeat(92)).to(function);
    local.calls().reset();
    var forged =
        token.substring(0, 50) + (token.charAt(50) == 'A' ? 'B' : 'A') + token.substring(51);
    for (var garbage :
        new String[] {forged, "rt1_" + "A".repeat(92), "x", "rt1_", "é".repeat(96)}) {
      assertRefused(grants.refresh(garbage).to(function), 400, "invalid_grant");
    }
    assertThat(local.calls().writes()).isZero();
    assertThat(local.calls().signs()).isZero();
    assertThat(local.calls().of("GetItem")).isLessThanOrEqualTo(5);
    assertThat(grants.refresh(token).to(function).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "code, '', invalid_request",
    "code, not-a-code, invalid_grant",
    "redirect_uri, '', invalid_request",
    "redirect_uri, http://127.0.0.1:51004/callback, invalid_grant",
    "code_verifier, '', invalid_request",
    "code_verifier, short, invalid_grant",
    "code_verifier, wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong, invalid_grant",
    "grant_type, '', invalid_request",
    "grant_type, password, unsupported_grant_type",
    "grant_type, client_credentials, unsupported_grant_type",
  })
  void aBadExchangeIsRefusedAndLeavesTheCodeUsable(String name, String value, String error) {
    var code = grants.nativeCode();
    local.calls().reset();
    assertRefused(changed(code, name, value).to(function), 400, error);
    assertThat(local.calls().writes()).isZero();
    assertThat(grants.exchange(code).to(function).status()).isEqualTo(200);
  }

  @Test
  void theChallengeItselfIsNoVerifier() {
    var code = grants.nativeCode();
    var challenge = SecretHash.of(Grants.VERIFIER).value();
    assertRefused(changed(code, "code_verifier", challenge).to(function), 400, "invalid_grant");
  }

  @Test
  void anotherClientCannotUseTheCode() {
    var code = grants.nativeCode();
    var thief = changed(code, "client_id", TestClients.BROWSER.value());
    assertRefused(thief.to(function), 400, "invalid_grant");
    assertThat(grants.exchange(code).to(function).status()).isEqualTo(200);
  }

  @Test
  void anExpiredCodeIsRefusedThoughTheStoreStillHasIt() {
    var code = grants.nativeCode();
    local.clock().advance(Duration.ofSeconds(60));
    assertRefused(grants.exchange(code).to(function), 400, "invalid_grant");
  }

  @Test
  void aReplayedCodeEndsTheGrant() {
    var code = grants.nativeCode();
    var tokens = grants.exchange(code).to(function);
    assertRefused(grants.exchange(code).to(function), 400, "invalid_grant");
    assertRefused(grants.refresh(tokens.text("refresh_token")).to(function), 400, "invalid_grant");
  }

  @Test
  void aReplayWithAWrongVerifierChangesNothing() {
    var code = grants.nativeCode();
    var tokens = grants.exchange(code).to(function);
    var replay = changed(code, "code_verifier", "x".repeat(43));
    assertRefused(replay.to(function), 400, "invalid_grant");
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

  @Test
  void refreshRepeatsScopeAndContextAndRotates() {
    var first = grants.connect(function);
    var second = grants.refresh(first.text("refresh_token")).to(function);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json())
        .containsEntry("scope", Grants.SCOPE)
        .containsEntry("patient", "ana")
        .doesNotContainKey("id_token");
    assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
  }

  @Test
  void refreshFunctionServesTheSameGrantAndNoOther() {
    var first = grants.connect(function).text("refresh_token");
    assertThat(grants.refresh(first).to(refreshFunction).status()).isEqualTo(200);
    assertRefused(
        grants.exchange(grants.nativeCode()).to(refreshFunction), 400, "unsupported_grant_type");
    assertRefused(
        Call.post("/refresh")
            .with("grant_type", "password")
            .with("client_id", TestClients.NATIVE.value())
            .to(refreshFunction),
        400,
        "unsupported_grant_type");
  }

  @Test
  void aNarrowerScopeNarrowsOneAccessTokenOnly() {
    var first = grants.connect(function).text("refresh_token");
    var narrow = grants.refresh(first).with("scope", "patient/Observation.r").to(function);
    assertThat(narrow.json()).containsEntry("scope", "patient/Observation.r");
    var full =
        grants.refresh(narrow.text("refresh_token")).with("scope", Grants.SCOPE).to(function);
    assertThat(full.json()).containsEntry("scope", Grants.SCOPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/Condition.rs",
        "patient/Observation.cruds",
        "patient/*.rs",
        "patient/Patient.rs",
        "online_access",
        "system/*.rs",
        "nonsense",
        "patient/Observation.rs nonsense"
      })
  void moreThanWasGrantedIsInvalidScopeAndChangesNothing(String scope) {
    var token = grants.connect(function).text("refresh_token");
    local.calls().reset();
    assertRefused(grants.refresh(token).with("scope", scope).to(function), 400, "invalid_scope");
    assertThat(local.calls().writes()).isZero();
    assertThat(grants.refresh(token).to(function).status()).isEqualTo(200);
  }

  @Test
  void aLostAnswerIsRepeatedWithTheSameToken() {
    var first = grants.connect(function).text("refresh_token");
    var lost = grants.refresh(first).to(function).text("refresh_token");
    local.clock().advance(Duration.ofSeconds(30));
    var again = grants.refresh(first).to(function);
    assertThat(again.text("refresh_token")).isEqualTo(lost);
  }

  @Test
  void afterTheWindowAnOldTokenEndsTheFamily() {
    var first = grants.connect(function).text("refresh_token");
    var second = grants.refresh(first).to(function).text("refresh_token");
    local.clock().advance(Duration.ofSeconds(31));
    assertRefused(grants.refresh(first).to(function), 400, "invalid_grant");
    assertRefused(grants.refresh(second).to(function), 400, "invalid_grant");
  }

  @Test
  void sixGenerationsThatAreEachAskedForTwiceEndTheFamily() {
    var token = grants.connect(function).text("refresh_token");
    for (int round = 1; round <= 5; round++) {
      var next = grants.refresh(token).to(function).text("refresh_token");
      assertThat(grants.refresh(token).to(function).text("refresh_token")).isEqualTo(next);
      token = next;
    }
    var last = grants.refresh(token).to(function).text("refresh_token");
    assertRefused(grants.refresh(token).to(function), 400, "invalid_grant");
    assertRefused(grants.refresh(last).to(function), 400, "invalid_grant");
  }

  @Test
  void anotherClientsTokenChangesNothing() {
    var token = grants.connect(function).text("refresh_token");
    var thief =
        Call.post("/token")
            .with("grant_type", "refresh_token")
            .with("refresh_token", token)
            .with("client_id", TestClients.BROWSER.value());
    assertRefused(thief.to(function), 400, "invalid_grant");
    assertThat(grants.refresh(token).to(function).status()).isEqualTo(200);
  }

  @Test
  void aPublicAppsTokenRunsOutWhenItIsIdle() {
    var token = grants.connect(function).text("refresh_token");
    local.clock().advance(Duration.ofDays(30));
    assertRefused(grants.refresh(token).to(function), 400, "invalid_grant");
  }

  @Test
  void aConfidentialAppKeepsItsAccessForMonths() {
    var token = connectWeb().text("refresh_token");
    for (int month = 0; month < 24; month++) {
      local.clock().advance(Duration.ofDays(91));
      var next = webRefresh(token).to(function);
      assertThat(next.status()).isEqualTo(200);
      token = next.text("refresh_token");
    }
  }

  @Test
  void bothWaysOfSendingASecretWork() {
    assertThat(connectWeb().json()).containsEntry("expires_in", 3600);
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var posted =
        webExchange(code)
            .with("client_id", TestClients.WEB.value())
            .with("client_secret", TestClients.WEB_SECRET)
            .to(function);
    assertThat(posted.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", "web-secret-for-tests-onl"})
  void aWrongSecretIsRefusedBeforeTheCodeIsLookedAt(String secret) {
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var answer =
        webExchange(code)
            .header("authorization", basic(TestClients.WEB.value(), secret))
            .to(function);
    assertRefused(answer, 401, "invalid_client");
    assertThat(answer.header("www-authenticate")).startsWith("Basic ");
    assertThat(
            webExchange(code)
                .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
                .to(function)
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer x", "Basic Og=="})
  void aBrokenAuthorizationHeaderIsInvalidClient(String header) {
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var answer = webExchange(code).header("authorization", header).to(function);
    assertRefused(answer, 401, "invalid_client");
  }

  @Test
  void otherWaysToClaimAClientAreRefused() {
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    var basic = basic(TestClients.WEB.value(), TestClients.WEB_SECRET);
    assertRefused(webExchange(code).to(function), 401, "invalid_client");
    assertRefused(
        webExchange(code).with("client_id", TestClients.WEB.value()).to(function),
        401,
        "invalid_client");
    assertRefused(
        webExchange(code).with("client_id", "nobody").to(function), 401, "invalid_client");
    assertRefused(
        webExchange(code).header("authorization", basic).with("client_secret", "x").to(function),
        400,
        "invalid_request");
    assertRefused(
        webExchange(code).header("authorization", basic).with("client_id", "other").to(function),
        400,
        "invalid_request");
    assertRefused(
        grants.exchange(grants.nativeCode()).with("client_secret", "x").to(function),
        401,
        "invalid_client");
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
    assertRefused(answer, 400, "invalid_request");
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

  private static Call changed(String code, String name, String value) {
    var call = Call.post("/token");
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("redirect_uri", TestClients.NATIVE_REDIRECT);
    parameters.put("code_verifier", Grants.VERIFIER);
    parameters.put("client_id", TestClients.NATIVE.value());
    parameters.put(name, value);
    return call.with(parameters);
  }

  private static Call webExchange(String code) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", TestClients.WEB_REDIRECT)
        .with("code_verifier", Grants.VERIFIER);
  }

  private static Answer connectWeb() {
    var code = grants.code(TestClients.WEB, TestClients.WEB_REDIRECT, Grants.SCOPE);
    return webExchange(code)
        .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
        .to(function);
  }

  private static Call webRefresh(String token) {
    return Call.post("/token")
        .header("authorization", basic(TestClients.WEB.value(), TestClients.WEB_SECRET))
        .with("grant_type", "refresh_token")
        .with("refresh_token", token);
  }

  private static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(Answer answer, int status, String error) {
    assertThat(answer.text("error")).isEqualTo(error);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("error_description")).isNotBlank();
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }
}
