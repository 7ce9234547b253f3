package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.DpopKey;
import dev.latchkey.contract.DpopProof;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.WrongProof;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.token.AccessTokens;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirement OID-5.
class UserinfoFunctionTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction tokens = new TokenFunction(local.wiring());
  private static final RevokeFunction revocation = new RevokeFunction(local.wiring());
  private static final UserinfoFunction function = new UserinfoFunction(local.wiring());
  private static final Grants grants = new Grants(local);
  private static final String URL = LocalWiring.ISSUER + "/userinfo";
  private static final DpopKey key = DpopKey.make();
  private static final String DPOP = "DPoP realm=\"latchkey\", algs=\"ES256 ES384 RS256 PS256\"";

  private Answer granted;

  @BeforeAll
  static void seed() {
    local.seed(TestClients.nativeApp());
  }

  @BeforeEach
  void connect() {
    granted = grants.connect(tokens);
  }

  @Test
  void oid5_namesTheSameUserAsTheIdTokenByGetAndByPost() throws ParseException {
    var idToken = SignedJWT.parse(granted.text("id_token")).getJWTClaimsSet();
    var fhirUser = LocalWiring.ISSUER + "/fhir/Patient/ana";
    assertThat(idToken.getStringClaim("fhirUser")).isEqualTo(fhirUser);

    for (var call : new Call[] {Call.get("/userinfo"), Call.post("/userinfo")}) {
      var answer = with(granted.text("access_token"), call);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).startsWith("application/json");
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.json())
          .isEqualTo(
              Map.of("sub", idToken.getSubject(), "fhirUser", fhirUser, "profile", fhirUser));
    }
  }

  @Test
  void oid5_leavesFhirUserOutWhereItWasNotGranted() {
    var token = tokenFor("openid launch/patient patient/Patient.r");

    assertThat(ask(token).json()).isEqualTo(Map.of("sub", "subject-of-ana"));
  }

  @Test
  void oid5_refusesATokenWithoutOpenid() {
    var answer = ask(tokenFor("launch/patient patient/Patient.r"));

    Grants.assertRefused(answer, 403, "insufficient_scope");
    assertThat(answer.header("www-authenticate"))
        .isEqualTo(
            "Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"openid\", " + DPOP);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void oid5_refusesATokenThatWasNarrowedToLessThanOpenid() {
    var narrow =
        grants
            .refresh(granted.text("refresh_token"))
            .with("scope", "patient/Observation.r")
            .to(tokens);

    Grants.assertRefused(ask(narrow.text("access_token")), 403, "insufficient_scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "rt1_", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é", ""})
  void oid5_refusesWhatIsNoToken(String token) {
    assertInvalid(ask(token));
  }

  @Test
  void oid5_refusesOtherTokensOfThisServer() {
    assertInvalid(ask(granted.text("id_token")));
    assertInvalid(ask(granted.text("refresh_token")));
  }

  @Test
  void oid5_refusesAnExpiredToken() {
    local.clock().advance(Duration.ofMinutes(10));

    assertInvalid(ask(granted.text("access_token")));
  }

  @Test
  void oid5_seesARevocationAtOnce() {
    var revoked =
        Call.post("/revoke")
            .with("token", granted.text("refresh_token"))
            .with("client_id", TestClients.NATIVE.value())
            .to(revocation);
    assertThat(revoked.status()).isEqualTo(200);

    assertInvalid(ask(granted.text("access_token")));
  }

  @Test
  void oid5_refusesATokenThatIsBoundToAKeyWithoutProofOfTheKey() throws ParseException {
    var claims = SignedJWT.parse(granted.text("access_token")).getJWTClaimsSet();
    var bound =
        new JWTClaimsSet.Builder(claims).claim("cnf", Map.of("jkt", "thumbprint-of-a-key")).build();

    assertInvalid(ask(local.wiring().signer().sign(bound, AccessTokens.TYPE)));
  }

  @Test
  void oid5_takesABoundTokenWithAProofOfItsKey() {
    var token = boundToken("openid launch/patient patient/Patient.r");
    for (var method : new String[] {"GET", "POST"}) {
      var call = method.equals("GET") ? Call.get("/userinfo") : Call.post("/userinfo");
      var answer = asDpop(call, token, proof(token).claim("htm", method).signed());
      assertThat(answer.json()).isEqualTo(Map.of("sub", "subject-of-ana"));
      assertThat(answer.header("dpop-nonce")).hasSize(28);
    }
  }

  @ParameterizedTest
  @EnumSource
  void t41_refusesAWrongProof(WrongProof wrong) {
    var token = boundToken("openid launch/patient patient/Patient.r");

    assertDpop(asDpop(Call.get("/userinfo"), token, wrong.of(proof(token))), "invalid_dpop_proof");

    assertThat(asDpop(Call.get("/userinfo"), token, proof(token).signed()).status()).isEqualTo(200);
  }

  @Test
  void t41_refusesABoundTokenWithoutItsProof() {
    var token = boundToken("openid launch/patient patient/Patient.r");
    var call = Call.get("/userinfo");

    assertInvalid(ask(token));
    assertInvalid(with(token, call.header("dpop", proof(token).signed())));
    assertThat(with(token, call).text("error_description")).contains("bound to a key");
  }

  @Test
  void t41_refusesAProofForAnotherTokenOrOfAnotherKey() {
    var token = boundToken("openid launch/patient patient/Patient.r");
    var other = boundToken("openid launch/patient patient/Patient.r");
    var bearer = granted.text("access_token");
    var get = Call.get("/userinfo");
    var thiefs =
        DpopKey.make()
            .proof("GET", URL, local.clock().instant())
            .claim("nonce", nonce())
            .forToken(token);

    assertDpop(asDpop(get, token, proof(other).signed()), "invalid_dpop_proof");
    assertDpop(asDpop(get, token, proof(token).claim("ath", null).signed()), "invalid_dpop_proof");
    assertDpop(asDpop(get, token, thiefs.signed()), "invalid_token");
    assertDpop(asDpop(get, bearer, proof(bearer).signed()), "invalid_token");
  }

  @Test
  void t40_asksForANonceAndTakesAProofOnce() {
    var token = boundToken("openid launch/patient patient/Patient.r");
    var asked = asDpop(Call.get("/userinfo"), token, proof(token).claim("nonce", null).signed());
    assertDpop(asked, "use_dpop_nonce");

    var proof = proof(token).claim("nonce", asked.header("dpop-nonce")).signed();
    assertThat(asDpop(Call.get("/userinfo"), token, proof).status()).isEqualTo(200);
    assertDpop(asDpop(Call.get("/userinfo"), token, proof), "invalid_dpop_proof");
  }

  @Test
  void t41_saysInTheSameSchemeWhatATokenLacks() {
    var token = boundToken("launch/patient patient/Patient.r");

    var answer = asDpop(Call.get("/userinfo"), token, proof(token).signed());

    Grants.assertRefused(answer, 403, "insufficient_scope");
    assertThat(answer.header("www-authenticate"))
        .isEqualTo(DPOP + ", error=\"insufficient_scope\", scope=\"openid\"");
  }

  @Test
  void oid5_tellsWhoSendsNoTokenOfNoError() {
    var answer = Call.get("/userinfo").to(function);

    Grants.assertRefused(answer, 401, "invalid_token");
    assertThat(answer.header("www-authenticate")).isEqualTo("Bearer realm=\"latchkey\", " + DPOP);
  }

  @Test
  void oid5_takesNoTokenFromTheFormOrTheQuery() {
    var token = granted.text("access_token");

    assertThat(Call.post("/userinfo").with("access_token", token).to(function).status())
        .isEqualTo(401);
    assertThat(Call.get("/userinfo").with("access_token", token).to(function).status())
        .isEqualTo(401);
  }

  @Test
  void oid5_isFoundThroughDiscovery() {
    var document =
        Call.get("/.well-known/openid-configuration")
            .to(new MetadataFunction(local.wiring()))
            .json();

    assertThat(document).containsEntry("userinfo_endpoint", LocalWiring.ISSUER + "/userinfo");
  }

  @Test
  void asksNoStoreAboutForgeriesAndAboutTokensThatNameNoUser() {
    var token = granted.text("access_token");
    var forged = token.substring(0, token.length() - 10) + "AAAAAAAAAA";
    var withoutUser = tokenFor("launch/patient patient/Patient.r");
    ask(token);
    local.calls().reset();

    assertInvalid(ask(forged));
    Grants.assertRefused(ask(withoutUser), 403, "insufficient_scope");

    assertThat(local.calls().of("query", "batchGetItem")).isZero();
    assertThat(local.calls().writes()).isZero();
  }

  private static String boundToken(String scope) {
    var code = grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, scope);
    var proof =
        key.proof("POST", LocalWiring.ISSUER + "/token", local.clock().instant())
            .claim("nonce", nonce());
    return grants.exchange(code).header("dpop", proof.signed()).to(tokens).text("access_token");
  }

  private static DpopProof proof(String token) {
    return key.proof("GET", URL, local.clock().instant()).claim("nonce", nonce()).forToken(token);
  }

  private static String nonce() {
    return local.wiring().boundTokens().freshNonce(local.clock().instant());
  }

  private static Answer asDpop(Call call, String token, String proof) {
    return call.header("authorization", "DPoP " + token).header("dpop", proof).to(function);
  }

  private static void assertDpop(Answer answer, String error) {
    Grants.assertRefused(answer, 401, error);
    assertThat(answer.header("www-authenticate")).isEqualTo(DPOP + ", error=\"" + error + "\"");
    assertThat(answer.header("dpop-nonce")).hasSize(28);
  }

  private static String tokenFor(String scope) {
    var code = grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, scope);
    return grants.exchange(code).to(tokens).text("access_token");
  }

  private static void assertInvalid(Answer answer) {
    Grants.assertRefused(answer, 401, "invalid_token");
    assertThat(answer.header("www-authenticate"))
        .isEqualTo("Bearer realm=\"latchkey\", error=\"invalid_token\", " + DPOP);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
  }

  private static Answer ask(String token) {
    return with(token, Call.get("/userinfo"));
  }

  private static Answer with(String token, Call call) {
    return call.header("authorization", "Bearer " + token).to(function);
  }
}
