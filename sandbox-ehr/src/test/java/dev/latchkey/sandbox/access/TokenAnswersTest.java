package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import dev.latchkey.sandbox.access.FhirCalls.Answer;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RSV-1 and RSV-2: how a request without a usable token is answered (RFC 6750 section 3).
class TokenAnswersTest {
  private static final String OWN = "Patient/" + GuardedFhir.ANA;

  private static Answer withHeaders(String... headers) {
    return GuardedFhir.withoutToken().send("GET", OWN, null, null, headers);
  }

  private static String good() {
    return GuardedFhir.token(
        claims -> claims.claim("patient", GuardedFhir.ANA).claim("scope", "patient/*.rs"));
  }

  private static void assertUnauthorized(Answer answer, String error) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate"))
        .startsWith("Bearer ")
        .contains("/.well-known/oauth-protected-resource/fhir\"")
        .contains("error=\"" + error + "\"", "error_description=\"");
    assertReadable(answer);
  }

  private static void assertReadable(Answer answer) {
    assertThat(answer.header("content-type")).startsWith("application/fhir+json");
    assertThat(answer.problem()).isNotBlank();
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(answer.header("cache-control")).contains("no-store");
  }

  @Test
  void aRequestWithoutTokenGetsAChallengeWithoutErrorCode() {
    var answer = GuardedFhir.withoutToken().get(OWN);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate")).startsWith("Bearer ").doesNotContain("error=");
    assertReadable(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Digest x", "DPoP", "Bearer", ""})
  void anotherSchemeIsNoToken(String header) {
    var answer = withHeaders("Authorization", header);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate")).doesNotContain("error=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR   "})
  void theSchemeIsCaseInsensitive(String scheme) {
    assertThat(withHeaders("Authorization", scheme + good()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a.b.c", "Bearer x", "Bearer \"x\"", "Bearer a b"})
  void garbageIsAnInvalidToken(String header) {
    assertUnauthorized(withHeaders("Authorization", header), "invalid_token");
  }

  @Test
  void aTokenInTheUrlIsRefusedAlthoughItIsGood() {
    var inUrl = GuardedFhir.withoutToken().get(OWN + "?access_token=" + good());
    assertUnauthorized(inUrl, "invalid_token");
    var spelledOtherwise = GuardedFhir.withoutToken().get(OWN + "?access%5Ftoken=" + good());
    assertUnauthorized(spelledOtherwise, "invalid_token");
  }

  @Test
  void twoCredentialsAreABadRequest() {
    var token = "Bearer " + good();
    var twoHeaders = withHeaders("Authorization", token, "Authorization", token);
    var oneHeader = withHeaders("Authorization", token + ", " + token);
    var headerAndUrl =
        GuardedFhir.withoutToken()
            .send("GET", OWN + "?access_token=x", null, null, "Authorization", token);
    for (var answer : new Answer[] {twoHeaders, oneHeader, headerAndUrl}) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("www-authenticate")).contains("error=\"invalid_request\"");
      assertReadable(answer);
    }
  }

  @Test
  void anIdTokenIsNoAccessToken() {
    var idToken = GuardedFhir.token(JOSEObjectType.JWT, claims -> claims.audience("demo-native"));
    assertUnauthorized(withHeaders("Authorization", "Bearer " + idToken), "invalid_token");
  }

  @Test
  void rsv10_aTokenForANeighbourIsRefused() {
    var token = GuardedFhir.token(claims -> claims.audience("http://localhost:1/fhir"));
    assertUnauthorized(withHeaders("Authorization", "Bearer " + token), "invalid_token");
  }

  @Test
  void trs4_anExpiredTokenIsRefused() {
    var token = GuardedFhir.token(claims -> claims.expirationTime(Date.from(Instant.EPOCH)));
    var answer = withHeaders("Authorization", "Bearer " + token);
    assertUnauthorized(answer, "invalid_token");
    assertThat(answer.problem()).contains("expired");
  }

  @Test
  void aRevokedGrantEndsItsTokensAtOnce() {
    var token = good();
    assertThat(withHeaders("Authorization", "Bearer " + token).status()).isEqualTo(200);
    GuardedFhir.family()
        .revokedWhile(
            () -> {
              var answer = withHeaders("Authorization", "Bearer " + token);
              assertUnauthorized(answer, "invalid_token");
              assertThat(answer.problem()).contains("revoked");
            });
  }

  @Test
  void anUnreachableStoreIsNoPass() {
    var token = good();
    GuardedFhir.family()
        .downWhile(
            () -> {
              var answer = withHeaders("Authorization", "Bearer " + token);
              assertThat(answer.status()).isEqualTo(503);
              assertThat(answer.header("retry-after")).isNotBlank();
              assertReadable(answer);
            });
  }

  @Test
  void theCapabilityStatementIsPublic() {
    var answer = GuardedFhir.withoutToken().get("metadata");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/x/../metadata",
        "/fhir/metadata/../Patient/dolores",
        "/fhir/metadata;/Patient/dolores",
        "/fhir;a=/Patient/dolores",
        "/fhir//Patient/dolores",
        "//fhir/Patient/dolores",
        "/fhir/./Patient/dolores",
        "/fhir/Patient/dolores;/metadata",
        "/fhir/%50atient/dolores",
        "/fhir/.well-known/../Patient/dolores",
        "/fhir/.well-known/..;/Patient/dolores",
        "/fhir/.well-known%2F..%2FPatient/dolores",
        "/fhir/",
        "/fhir",
        "/fhir?_getpages=1"
      })
  void noSpellingOfAPathLeadsAroundTheToken(String path) {
    URI url = URI.create(GuardedFhir.running().baseUrl() + path);
    var answer = GuardedFhir.withoutToken().get(url.toString());
    assertThat(answer.status()).isIn(400, 401, 404);
    assertThat(answer.body()).doesNotContain("\"Patient\"");
  }

  @Test
  void cor2_aPreflightIsAnsweredWithoutToken() {
    var answer =
        GuardedFhir.withoutToken()
            .send(
                "OPTIONS",
                OWN,
                null,
                null,
                "Origin",
                "https://app.example",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(answer.header("access-control-allow-headers").split(", *"))
        .contains("Authorization", "DPoP", "Accept", "Content-Type", "Prefer")
        .contains("If-Match", "If-None-Match");
    assertThat(answer.header("access-control-allow-methods")).contains("GET", "PATCH");
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-credentials");
  }

  @ParameterizedTest
  @CsvSource({
    "Patient/dolores, 200",
    "Patient/kendal, 404",
    "Patient?_filter=x, 403",
    "Nothing, 404"
  })
  void cor3_aBrowserAppCanReadEveryAnswer(String path, int status) {
    var answer = GuardedFhir.as(GuardedFhir.ANA, "patient/*.rs").get(path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().get("access-control-allow-origin")).containsExactly("*");
    assertThat(answer.header("access-control-expose-headers"))
        .contains("Location", "ETag", "Content-Location", "Retry-After", "WWW-Authenticate")
        .contains("DPoP-Nonce", "Link");
  }
}
