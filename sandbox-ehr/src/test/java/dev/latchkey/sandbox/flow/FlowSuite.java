package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The main job through the front door. The same cases run over each kind of store.
abstract class FlowSuite extends SandboxFlow {
  @Test
  void aPatientLetsAnAppReadPartOfTheirRecord() throws Exception {
    var app = nativeApp();
    var started = app.start(EVERYTHING);
    var callback = authorize(started, "kendal", "", scope -> !scope.contains("Condition"), "allow");
    var tokens = app.exchanged(started, app.code(started, callback)).getOIDCTokens();

    assertThat(tokens.getAccessToken().getScope().toStringList())
        .containsExactlyInAnyOrder(
            "openid",
            "fhirUser",
            "launch/patient",
            "online_access",
            "patient/Patient.rs",
            "patient/Observation.rs");
    assertThat(tokens.getAccessToken().getLifetime()).isEqualTo(600);

    var access = tokens.getAccessToken();
    assertThat(read("/Patient/kendal", access).statusCode()).isEqualTo(200);
    assertThat(read("/Observation?patient=kendal&_count=5", access).statusCode()).isEqualTo(200);
    assertThat(read("/Condition?patient=kendal", access).statusCode()).isEqualTo(403);
    assertThat(read("/Patient/mia", access).statusCode()).isIn(403, 404);
    assertThat(read("/Observation?patient=mia", access).statusCode()).isIn(403, 404);
  }

  @Test
  void theAppLearnsWhoSignedIn() throws Exception {
    var app = nativeApp();
    var started = app.start(EVERYTHING);
    var callback = authorize(started, "kendal", "", scope -> true, "allow");
    var response = app.exchanged(started, app.code(started, callback));
    var idToken = (SignedJWT) response.getOIDCTokens().getIDToken();

    var keys = JWKSet.load(app.provider().getJWKSetURI().toURL());
    var key = keys.getKeyByKeyId(idToken.getHeader().getKeyID());
    assertThat(idToken.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    var claims = idToken.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(sandbox().baseUrl().toString());
    assertThat(claims.getAudience()).containsExactly("demo-native");
    assertThat(claims.getStringClaim("nonce")).isEqualTo(started.nonce().getValue());
    assertThat(claims.getStringClaim("fhirUser"))
        .isEqualTo(sandbox().fhirBase() + "/Patient/kendal");
    assertThat(response.getCustomParameters()).containsEntry("patient", "kendal");
    var fhirUser = claims.getStringClaim("fhirUser").replace(sandbox().fhirBase().toString(), "");
    assertThat(read(fhirUser, response.getOIDCTokens().getAccessToken()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aParentChoosesTheChildsRecord() {
    var app = webApp();
    var started = app.start(EVERYTHING);
    var callback = authorize(started, "dolores", "graciela", scope -> true, "allow");
    var response = app.exchanged(started, app.code(started, callback));
    var access = response.getOIDCTokens().getAccessToken();

    assertThat(response.getCustomParameters()).containsEntry("patient", "graciela");
    assertThat(access.getLifetime()).isEqualTo(3600);
    assertThat(read("/Patient/graciela", access).statusCode()).isEqualTo(200);
    assertThat(read("/Observation?patient=dolores", access).statusCode()).isIn(403, 404);
  }

  @Test
  void denialGoesBackToTheAppWithStateAndIssuer() {
    var started = nativeApp().start(EVERYTHING);
    var callback = authorize(started, "kendal", "", scope -> true, "deny");
    assertThat(callback.getQuery())
        .contains("error=access_denied")
        .contains("state=" + started.state().getValue())
        .contains("iss=" + sandbox().baseUrl());
  }

  @Test
  void untickingEverythingIsADenial() {
    var started = nativeApp().start(EVERYTHING);
    var callback = authorize(started, "kendal", "", scope -> false, "allow");
    assertThat(callback.getQuery()).contains("error=access_denied");
  }

  @Test
  void withoutOfflineAccessThereIsNoRefreshToken() {
    var app = nativeApp();
    var started = app.start(EVERYTHING);
    var callback =
        authorize(started, "kendal", "", scope -> !scope.equals("offline_access"), "allow");
    var tokens = app.exchanged(started, app.code(started, callback)).getOIDCTokens();
    assertThat(tokens.getRefreshToken()).isNull();
    assertThat(tokens.getAccessToken().getScope().toStringList()).doesNotContain("offline_access");
  }

  @Test
  void refreshRotatesAndTheOldTokenEndsTheFamilyOnceItsSuccessorWasUsed() {
    var app = nativeApp();
    var first = connect(app);
    var second = app.refreshed(first.getRefreshToken()).getOIDCTokens();
    var third = app.refreshed(second.getRefreshToken()).getOIDCTokens();
    assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
    assertThat(third.getAccessToken().getScope()).isEqualTo(first.getAccessToken().getScope());
    assertThat(read("/Patient/kendal", third.getAccessToken()).statusCode()).isEqualTo(200);

    assertRefused(app.refresh(first.getRefreshToken()), "invalid_grant");
    assertRefused(app.refresh(third.getRefreshToken()), "invalid_grant");
    assertThat(read("/Patient/kendal", third.getAccessToken()).statusCode()).isEqualTo(401);
  }

  @Test
  void fiftyParallelRefreshesGiveOneSuccessorAndOneLiveLeaf() throws Exception {
    var app = nativeApp();
    var first = connect(app).getRefreshToken();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(
              IntStream.range(0, 50)
                  .<Callable<RefreshToken>>mapToObj(
                      i -> () -> app.refreshed(first).getOIDCTokens().getRefreshToken())
                  .toList());
      var successor = answers.getFirst().get();
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(successor);
      }
      assertThat(app.refresh(successor).indicatesSuccess()).isTrue();
    }
  }

  @Test
  void aCodeWorksOnceAndItsReplayEndsWhatCameOfIt() {
    var app = nativeApp();
    var started = app.start(EVERYTHING);
    var code = app.code(started, authorize(started, "kendal", "", scope -> true, "allow"));
    var tokens = app.exchanged(started, code).getOIDCTokens();
    assertThat(read("/Patient/kendal", tokens.getAccessToken()).statusCode()).isEqualTo(200);

    assertRefused(app.exchange(started, code), "invalid_grant");
    assertThat(read("/Patient/kendal", tokens.getAccessToken()).statusCode()).isEqualTo(401);
    assertRefused(app.refresh(tokens.getRefreshToken()), "invalid_grant");
  }

  @Test
  void aCodeIsWorthNothingWithAnotherVerifierOrClient() {
    var app = nativeApp();
    var started = app.start(EVERYTHING);
    var code = app.code(started, authorize(started, "kendal", "", scope -> true, "allow"));

    assertRefused(app.exchange(app.start(EVERYTHING), code), "invalid_grant");
    assertRefused(webApp().exchange(started, code), "invalid_grant");
    assertRefused(app.exchange(started, new AuthorizationCode("not-a-code")), "invalid_grant");
    assertThat(app.exchange(started, code).indicatesSuccess()).isTrue();
  }

  @Test
  void aConfidentialClientNeedsItsSecret() {
    var right = webApp();
    var wrong =
        new SmartApp(
            right.provider(),
            right.fhirBase(),
            right.id(),
            Optional.of(new Secret("not-the-secret")),
            right.redirectUri());
    var none =
        new SmartApp(
            right.provider(), right.fhirBase(), right.id(), Optional.empty(), right.redirectUri());
    var started = right.start(EVERYTHING);
    var code = right.code(started, authorize(started, "kendal", "", scope -> true, "allow"));

    assertRefused(wrong.exchange(started, code), "invalid_client");
    assertRefused(none.exchange(started, code), "invalid_client");
    assertThat(right.exchange(started, code).indicatesSuccess()).isTrue();
  }

  @Test
  void anAppWithAKeySignsEachRequest() throws Exception {
    var app = keyApp();
    var tokens = connect(app);
    var next = app.refreshed(tokens.getRefreshToken()).getOIDCTokens();
    assertThat(read("/Patient/kendal", next.getAccessToken()).statusCode()).isEqualTo(200);
    assertThat(app.introspect(next.getAccessToken()).isActive()).isTrue();

    var bare = app("demo-key", Optional.empty(), "http://localhost:9000/callback");
    var mine = new ECKeyGenerator(Curve.P_384).keyID("mine").generate();
    var thief = app.signingWith(mine, clock());
    assertRefused(bare.refresh(next.getRefreshToken()), "invalid_client");
    assertRefused(thief.refresh(next.getRefreshToken()), "invalid_client");
    assertThat(app.revoke(next.getRefreshToken()).getStatusCode()).isEqualTo(200);
    assertRefused(app.refresh(next.getRefreshToken()), "invalid_grant");
  }

  @Test
  void aServiceReadsManyRecordsForFiveMinutesAndWritesNone() {
    var answer = (OIDCTokenResponse) backendService().serve("system/*.rs");
    var access = answer.getOIDCTokens().getAccessToken();

    assertThat(access.getLifetime()).isBetween(1L, 300L);
    assertThat(access.getScope().toStringList()).containsExactly("system/*.rs");
    assertThat(answer.getOIDCTokens().getRefreshToken()).isNull();
    assertThat(answer.toJSONObject()).doesNotContainKeys("id_token", "patient");
    for (var patient : List.of("kendal", "mia")) {
      assertThat(read("/Patient/" + patient, access).body()).contains("\"id\":\"" + patient + "\"");
      assertThat(read("/Observation?_count=1&patient=" + patient, access).body())
          .contains("Patient/" + patient);
    }

    var body = "{\"resourceType\":\"Patient\",\"id\":\"mia\"}";
    assertThat(send("POST", "/Patient", body, access).statusCode()).isEqualTo(403);
    assertThat(send("PUT", "/Patient/mia", body, access).statusCode()).isEqualTo(403);
    assertThat(send("DELETE", "/Patient/mia", "", access).statusCode()).isEqualTo(403);
    assertRefused(backendService().serve("system/*.cruds patient/*.rs"), "invalid_scope");
    assertRefused(keyApp().serve("system/*.rs"), "unauthorized_client");
  }

  @Test
  void revokingEitherTokenEndsTheGrant() {
    var app = nativeApp();
    var byRefreshToken = connect(app);
    assertThat(app.revoke(byRefreshToken.getRefreshToken()).getStatusCode()).isEqualTo(200);
    assertRefused(app.refresh(byRefreshToken.getRefreshToken()), "invalid_grant");
    assertThat(read("/Patient/kendal", byRefreshToken.getAccessToken()).statusCode())
        .isEqualTo(401);

    var byAccessToken = connect(app);
    assertThat(app.revoke(byAccessToken.getAccessToken()).getStatusCode()).isEqualTo(200);
    assertRefused(app.refresh(byAccessToken.getRefreshToken()), "invalid_grant");
  }

  @Test
  void nobodyRevokesTheGrantOfAnotherApp() {
    var app = nativeApp();
    var tokens = connect(app);
    assertThat(webApp().revoke(tokens.getRefreshToken()).getStatusCode()).isEqualTo(200);
    assertThat(app.refresh(tokens.getRefreshToken()).indicatesSuccess()).isTrue();
  }

  @Test
  void aResourceServerSeesARevocationAtOnce() {
    var app = nativeApp();
    var tokens = connect(app);
    var server = app("demo-fhir-server", Optional.of(SECRET), "http://localhost:9000/callback");

    var before = server.introspect(tokens.getAccessToken());
    app.revoke(tokens.getRefreshToken());
    var after = server.introspect(tokens.getAccessToken());

    assertThat(before.isActive()).isTrue();
    assertThat(before.getStringParameter("patient")).isEqualTo("kendal");
    assertThat(before.getScope()).isEqualTo(tokens.getAccessToken().getScope());
    assertThat(after.isActive()).isFalse();
    assertThat(after.getParameters()).hasSize(1);
  }
}
