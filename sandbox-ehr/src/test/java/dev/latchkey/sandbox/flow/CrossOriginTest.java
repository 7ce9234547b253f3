package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.sandbox.RunningSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirements COR-1 to COR-3: what pages of other origins may read.
class CrossOriginTest extends SandboxFlow {
  private static final String[] NO_HEADERS = {};

  /// Of a registered browser app, of nobody, and what pages in a file and some web views send.
  private static final List<String> ORIGINS =
      List.of("https://app.example.org", "https://stranger.example", "null");

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/.well-known/smart-configuration",
        "/fhir/metadata",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        "/.well-known/oauth-protected-resource/fhir",
        "/jwks",
        "/brands"
      })
  void cor1_anyOriginMayReadPublicDocuments(String path) throws Exception {
    for (var origin : ORIGINS) {
      var answer = send("GET", path, origin, null, NO_HEADERS);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertOpen(answer);
      assertThat(preflight(path, "GET", origin).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void cor2_anyOriginMayCallTokenAndFhirEndpointsAndNoCookieIsAsked() throws Exception {
    var tokens = connect(nativeApp());
    var form = "grant_type=refresh_token&client_id=demo-native&refresh_token=";
    for (var origin : ORIGINS) {
      assertAllows(preflight("/token", "POST", origin), "Authorization", "DPoP", "Content-Type");
      assertAllows(
          preflight("/fhir/Patient/kendal", "GET", origin),
          "Authorization",
          "DPoP",
          "Accept",
          "Content-Type",
          "Prefer",
          "If-Match",
          "If-None-Match");

      var read = send("GET", "/fhir/Patient/kendal", origin, null, bearer(tokens));
      assertThat(read.statusCode()).isEqualTo(200);
      assertOpen(read);
      var who = send("GET", "/userinfo", origin, null, bearer(tokens));
      assertThat(who.statusCode()).isEqualTo(200);
      assertOpen(who);
    }
    var refreshed = send("POST", "/token", ORIGINS.getLast(), form + tokens.getRefreshToken());
    assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
    assertOpen(refreshed);
  }

  /// RFC 9700 section 2.6: no such headers at the authorization endpoint; and none on pages, which
  /// do read cookies.
  @ParameterizedTest
  @CsvSource({
    "GET, /authorize",
    "OPTIONS, /authorize",
    "GET, /interaction/sign-in",
    "OPTIONS, /interaction/consent",
    "GET, /apps",
    "OPTIONS, /apps/take-back",
    "GET, /errors/invalid_grant",
    "GET, /",
    "GET, /demo",
    "GET, /token/none"
  })
  void cor2_pagesAreForTheirOwnOriginOnly(String method, String path) throws Exception {
    assertThat(send(method, path, ORIGINS.getFirst(), null, NO_HEADERS).headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control-"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /token, 400, grant_type=none&client_id=demo-native",
    "POST, /token, 401, grant_type=refresh_token&client_id=nobody&refresh_token=x",
    "GET, /token, 404,",
    "POST, /refresh, 400, client_id=demo-native",
    "POST, /par, 401, client_id=nobody",
    "POST, /revoke, 400, client_id=demo-native",
    "POST, /revoke, 401, token=x",
    "POST, /introspect, 401, token=x&client_id=demo-native",
    "GET, /introspect, 404,",
    "GET, /userinfo, 401,",
    "GET, /fhir/Patient/kendal, 401,",
    "GET, /fhir/Nothing, 401,",
    "POST, /fhir/Patient, 401, x=y",
    "GET, /fhir/.well-known/none, 404,",
    "PUT, /fhir/.well-known/smart-configuration, 404,"
  })
  void cor3_everyRefusalIsReadable(String method, String path, int status, @Nullable String form)
      throws Exception {
    var answer = send(method, path, ORIGINS.getFirst(), form);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertOpen(answer);
    assertThat(exposed(answer)).contains("WWW-Authenticate", "Retry-After", "DPoP-Nonce");
  }

  @ParameterizedTest
  @CsvSource({"Immunization?patient=kendal, 403", "Patient/mia, 404", "Patient?_filter=x, 403"})
  void cor3_refusalsOfAGoodTokenAreReadableToo(String path, int status) throws Exception {
    var tokens = connect(nativeApp());

    var answer = send("GET", "/fhir/" + path, ORIGINS.getFirst(), null, bearer(tokens));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertOpen(answer);
    assertThat(exposed(answer))
        .contains("Location", "ETag", "Content-Location", "Retry-After", "WWW-Authenticate")
        .contains("DPoP-Nonce", "Link");
  }

  private static String[] bearer(OIDCTokens tokens) {
    return new String[] {"Authorization", tokens.getAccessToken().toAuthorizationHeader()};
  }

  private static void assertOpen(HttpResponse<?> answer) {
    assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
  }

  private static void assertAllows(HttpResponse<?> preflight, String... headers) {
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertOpen(preflight);
    assertThat(list(preflight, "access-control-allow-headers")).contains(headers);
  }

  private static List<String> exposed(HttpResponse<?> answer) {
    return list(answer, "access-control-expose-headers");
  }

  private static List<String> list(HttpResponse<?> answer, String header) {
    return List.of(answer.headers().firstValue(header).orElse("").split(", *"));
  }

  private HttpResponse<String> preflight(String path, String method, String origin)
      throws IOException, InterruptedException {
    return send("OPTIONS", path, origin, null, "Access-Control-Request-Method", method);
  }

  private HttpResponse<String> send(
      String method, String path, String origin, @Nullable String form, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(sandbox().baseUrl() + path))
            .header("Origin", origin)
            .method(method, form == null ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
    if (form != null) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
