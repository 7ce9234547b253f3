package dev.latchkey.sandbox.threat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.latchkey.contract.DpopKey;
import dev.latchkey.contract.DpopProof;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.WrongProof;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.threat.DpopApp.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Threats T40 to T43, over HTTP, for an app on a device that keeps a key. The same cases run over
/// each kind of store.
abstract class ProofSuite {
  private static final String OWN = "/Patient/" + Patient.USERNAME;

  private final DpopKey key = DpopKey.make();
  private final DpopKey thiefs = DpopKey.make();
  private DpopApp app;
  private Patient patient;
  private Answer connected;

  abstract RunningSandbox sandbox();

  @BeforeEach
  void connect() {
    app = new DpopApp(sandbox());
    patient = new Patient(sandbox().baseUrl());
    connected = app.connected(patient, key);
  }

  /// The floor rule: the key makes it long.
  @Test
  void anAppOnADeviceWithAKeyKeepsLastingAccess() {
    assertThat(connected.text("token_type")).isEqualTo("DPoP");
    assertThat(connected.text("scope")).contains("offline_access").doesNotContain("online_access");
    assertThat(Long.parseLong(connected.text("refresh_token_expires_in"))).isEqualTo(100 * 86_400);
    assertThat(connected.text("notice")).isEqualTo("null");
    assertThat(readOwn(proofFor(OWN).signed()).status()).isEqualTo(200);
  }

  /// And without one the answer says what became of it, until when, and why.
  @Test
  void anAppOnADeviceWithoutAKeyIsToldThatItsAccessIsShort() {
    var shortened = app.exchange(app.allowed(patient, ""));

    assertThat(shortened.text("token_type")).isEqualTo("Bearer");
    assertThat(shortened.text("scope")).contains("online_access").doesNotContain("offline_access");
    assertThat(Long.parseLong(shortened.text("refresh_token_expires_in"))).isBetween(1L, 8 * 3600L);
    assertThat(shortened.text("notice"))
        .isEqualTo(sandbox().baseUrl() + "/errors/short_lived_refresh");
  }

  @Test
  void t40_aProofWorksOnceAtTheTokenEndpoint() {
    var proof = app.proof(key).signed();
    var next = app.refresh(refreshToken(), proof);
    assertThat(next.status()).isEqualTo(200);

    assertRefused(app.refresh(next.text("refresh_token"), proof), 400, "invalid_dpop_proof");

    assertThat(app.refresh(next.text("refresh_token"), app.proof(key).signed()).status())
        .isEqualTo(200);
  }

  @Test
  void t40_aProofWorksOnceAtTheFhirApi() {
    var proof = proofFor(OWN).signed();
    assertThat(readOwn(proof).status()).isEqualTo(200);

    assertChallenged(readOwn(proof), "invalid_dpop_proof", "used before");
  }

  @Test
  void t40_oneOfManyUsesOfAProofAtOnceSucceeds() throws Exception {
    var token = accessToken();
    var read = proofFor(OWN).signed();
    var answers = Race.of(_ -> app.read(OWN, token, read));
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize(Race.CALLERS - 1)
        .allSatisfy(answer -> assertChallenged(answer, "invalid_dpop_proof", "used before"));

    var refresh = app.proof(key).signed();
    var refreshToken = refreshToken();
    var refreshed = Race.of(_ -> app.refresh(refreshToken, refresh));
    assertThat(refreshed).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(refreshed)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize(Race.CALLERS - 1)
        .allSatisfy(answer -> assertRefused(answer, 400, "invalid_dpop_proof"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void t40_aNonceOfOursIsAskedForEverywhere(String nonce) {
    var atToken = app.refresh(refreshToken(), app.proof(key).claim("nonce", nonce).signed());
    assertRefused(atToken, 400, "use_dpop_nonce");
    assertThat(atToken.nonce()).isPresent();

    var atFhir = readOwn(proofFor(OWN).claim("nonce", nonce).signed());
    assertChallenged(atFhir, "use_dpop_nonce", "DPoP-Nonce");

    var told = proofFor(OWN).claim("nonce", atFhir.nonce().orElseThrow()).signed();
    assertThat(readOwn(told).status()).isEqualTo(200);
  }

  /// All of one grant, which none of them may change.
  @TestFactory
  Stream<DynamicTest> t41_aWrongProofIsRefusedAtTheFhirApi() {
    return Stream.of(WrongProof.values())
        .map(
            wrong ->
                dynamicTest(
                    wrong.name(),
                    () ->
                        assertChallenged(
                            readOwn(headers(wrong, proofFor(OWN))),
                            "invalid_dpop_proof",
                            wrong.reason)));
  }

  @Test
  void t41_aWrongProofIsRefusedAtTheTokenEndpoint() {
    for (var wrong :
        List.of(
            WrongProof.TWO_OF_THEM,
            WrongProof.EMPTY,
            WrongProof.ANOTHER_HOST,
            WrongProof.ANOTHER_SCHEME,
            WrongProof.PRIVATE_KEY)) {
      assertRefused(
          app.refresh(refreshToken(), headers(wrong, app.proof(key))), 400, "invalid_dpop_proof");
    }

    assertThat(app.refresh(refreshToken(), app.proof(key).signed()).status()).isEqualTo(200);
  }

  @Test
  void t41_theProofIsForThisAccessToken() {
    var other = app.refresh(refreshToken(), app.proof(key).signed()).text("access_token");

    assertChallenged(
        readOwn(proofFor(OWN).claim("ath", null).signed()), "invalid_dpop_proof", "ath");
    assertChallenged(readOwn(proofFor(OWN).forToken(other).signed()), "invalid_dpop_proof", "ath");
    assertChallenged(
        readOwn(proofFor(OWN).claim("ath", accessToken()).signed()), "invalid_dpop_proof", "ath");
  }

  @Test
  void t41_theProofIsOfTheKeyThatTheTokenIsBoundTo() {
    var thiefsProof = app.proof(thiefs, "GET", app.fhirUrl(OWN)).forToken(accessToken()).signed();

    assertChallenged(readOwn(thiefsProof), "invalid_token", "another key");
  }

  @Test
  void t41_theProofIsForThisResourceWhateverItsQuery() {
    var search = "/Patient?_id=" + Patient.USERNAME;
    assertThat(app.read(search, accessToken(), proofFor("/Patient").signed()).status())
        .isEqualTo(200);
    assertThat(app.read(search, accessToken(), proofFor(search).signed()).status()).isEqualTo(200);

    assertChallenged(
        app.read(OWN, accessToken(), proofFor("/Patient/other").signed()),
        "invalid_dpop_proof",
        "htu");
  }

  @Test
  void t41_aBoundTokenIsWorthNothingAsABearerToken() {
    assertChallenged(app.readAsBearer(OWN, accessToken()), "invalid_token", "bound to a key");
    assertChallenged(
        app.readAsBearer(OWN, accessToken(), proofFor(OWN).signed()),
        "invalid_token",
        "bound to a key");
    assertChallenged(app.read(OWN, accessToken()), "invalid_dpop_proof", "Send a DPoP proof");
  }

  @Test
  void t41_aBearerTokenDoesNotBecomeABoundOne() {
    var bearer = app.exchange(app.allowed(patient, "")).text("access_token");

    assertChallenged(
        app.read(OWN, bearer, proofFor(OWN).forToken(bearer).signed()),
        "invalid_token",
        "bound to no key");
    assertThat(app.readAsBearer(OWN, bearer).status()).isEqualTo(200);
  }

  @Test
  void t41_whatTheTokenDoesNotAllowIsSaidInTheSameScheme() {
    var path = "/Observation";

    var answer = app.read(path, accessToken(), proofFor(path).signed());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.challenges())
        .singleElement()
        .asString()
        .startsWith("DPoP algs=\"ES256 ES384 RS256 PS256\"")
        .contains("error=\"insufficient_scope\"", "scope=\"patient/Observation.");
  }

  @Test
  void t41_aTokenThatIsOverIsRefusedInTheSameScheme() {
    assertChallenged(
        app.read(OWN, "not-a-token", proofFor(OWN).signed()), "invalid_token", "malformed");
  }

  @Test
  void t41_theSameHoldsAtUserinfo() {
    var url = sandbox().baseUrl() + "/userinfo";
    var proof = app.proof(key, "GET", url).forToken(accessToken());
    var used = proof.signed();
    assertThat(app.get(url, "DPoP", accessToken(), used).text("sub")).isNotBlank();

    assertRefused(app.get(url, "DPoP", accessToken(), used), 401, "invalid_dpop_proof");
    assertRefused(
        app.get(url, "DPoP", accessToken(), proofFor(OWN).signed()), 401, "invalid_dpop_proof");
    var asBearer = app.get(url, "Bearer", accessToken());
    assertRefused(asBearer, 401, "invalid_token");
    assertThat(asBearer.challenges()).singleElement().asString().contains("DPoP realm=");
  }

  @Test
  void t42_aCaughtCodeIsWorthNothingWithAnotherKey() {
    var caught = app.allowed(patient, "&dpop_jkt=" + key.thumbprint());

    assertRefused(app.exchange(caught, app.proof(thiefs).signed()), 400, "invalid_grant");
    assertRefused(app.exchange(caught), 400, "invalid_grant");

    assertThat(app.exchange(caught, app.proof(key).signed()).status()).isEqualTo(200);
  }

  @Test
  void t43_aCopiedRefreshTokenIsWorthNothingWithoutTheKey() {
    assertRefused(app.refresh(refreshToken()), 400, "invalid_dpop_proof");
    assertRefused(app.refresh(refreshToken(), app.proof(thiefs).signed()), 400, "invalid_grant");

    var owners = app.refresh(refreshToken(), app.proof(key).signed());
    assertThat(owners.status()).as("nothing has changed for the owner").isEqualTo(200);
    assertRefused(app.refresh(refreshToken(), app.proof(thiefs).signed()), 400, "invalid_grant");
    assertThat(app.refresh(owners.text("refresh_token"), app.proof(key).signed()).status())
        .isEqualTo(200);
  }

  private String accessToken() {
    return connected.text("access_token");
  }

  private String refreshToken() {
    return connected.text("refresh_token");
  }

  /// A proof for a read with the access token.
  private DpopProof proofFor(String path) {
    return app.proof(key, "GET", app.fhirUrl(path)).forToken(accessToken());
  }

  private Answer readOwn(String... proofs) {
    return app.read(OWN, accessToken(), proofs);
  }

  /// Several proofs go into as many headers.
  private static String[] headers(WrongProof wrong, DpopProof good) {
    return wrong.of(good).split(",", -1);
  }

  private static void assertRefused(Answer answer, int status, String error) {
    assertThat(answer.text("error")).isEqualTo(error);
    assertThat(answer.status()).isEqualTo(status);
  }

  private static void assertChallenged(Answer answer, String error, String reason) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(401);
    assertThat(answer.challenges())
        .singleElement()
        .asString()
        .startsWith("DPoP algs=\"ES256 ES384 RS256 PS256\"")
        .contains("error=\"" + error + "\"", reason, "oauth-protected-resource/fhir");
  }
}
