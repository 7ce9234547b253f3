package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What apps and patients do with a running sandbox.
abstract class SandboxFlow {
  static final String EVERYTHING =
      "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs"
          + " patient/Condition.rs";

  static final Secret SECRET = new Secret("sandbox-secret-not-for-production");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  abstract RunningSandbox sandbox();

  OIDCTokens connect(SmartApp app) {
    return connect(app, "kendal");
  }

  OIDCTokens connect(SmartApp app, String username) {
    var started = app.start(EVERYTHING);
    var callback = authorize(started, username, "", scope -> true, "allow");
    return app.exchanged(started, app.code(started, callback)).getOIDCTokens();
  }

  /// Walks the pages as a person does.
  ///
  /// @param patient whom to choose where the page asks; empty where it must not ask
  /// @return where the browser left the sandbox
  URI authorize(
      SmartApp.Started started,
      String username,
      String patient,
      Predicate<String> ticked,
      String decision) {
    var browser = new PatientBrowser(sandbox().baseUrl().toString());
    Arrival at = browser.open(started.uri().toString());
    assertThat(at.isAt("/interaction/sign-in")).as(at.body()).isTrue();
    at =
        browser.submit(
            at, Map.of("username", username, "password", "sandbox-" + username), ticked, decision);
    assertThat(at.isAt("/interaction/patient")).as(at.body()).isEqualTo(!patient.isEmpty());
    if (!patient.isEmpty()) {
      at = browser.submit(at, Map.of("patient", patient), ticked, decision);
    }
    assertThat(at.isAt("/interaction/consent")).as(at.body()).isTrue();
    return browser.submit(at, Map.of(), ticked, decision).uri();
  }

  HttpResponse<String> read(String path, AccessToken token) {
    return send("GET", path, "", token);
  }

  HttpResponse<String> send(String method, String path, String body, AccessToken token) {
    var request =
        HttpRequest.newBuilder(URI.create(sandbox().fhirBase() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", token.toAuthorizationHeader())
            .header("Content-Type", "application/fhir+json")
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void assertRefused(TokenResponse response, String code) {
    assertThat(response.indicatesSuccess()).isFalse();
    assertThat(response.toErrorResponse().getErrorObject().getCode()).isEqualTo(code);
  }

  SmartApp nativeApp() {
    return app("demo-native", Optional.empty(), "http://127.0.0.1:51004/callback");
  }

  SmartApp webApp() {
    return app("demo-web", Optional.of(SECRET), "http://localhost:9000/callback");
  }

  /// The app that signs, with the key that this sandbox made for it.
  SmartApp keyApp() {
    return signing("demo-key");
  }

  /// The service that reads without a patient, with the key that this sandbox made for it.
  SmartApp backendService() {
    return signing("demo-backend");
  }

  private SmartApp signing(String id) {
    return app(id, Optional.empty(), "http://localhost:9000/callback")
        .signingWith(listedKey(id), clock());
  }

  InstantSource clock() {
    return sandbox().bean(Wiring.class).clock();
  }

  private ECKey listedKey(String id) {
    var request = HttpRequest.newBuilder(sandbox().baseUrl().resolve("/sandbox/apps")).build();
    try {
      for (var app : JSON.readTree(http.send(request, BodyHandlers.ofString()).body())) {
        if (app.path("client_id").asText().equals(id)) {
          return ECKey.parse(app.path("private_jwk").toString());
        }
      }
      throw new AssertionError("No app " + id);
    } catch (IOException | InterruptedException | ParseException e) {
      throw new AssertionError(e);
    }
  }

  SmartApp app(String id, Optional<Secret> secret, String redirectUri) {
    return new SmartApp(
        SmartApp.discover(sandbox().baseUrl()),
        sandbox().fhirBase(),
        new ClientID(id),
        secret,
        URI.create(redirectUri));
  }

  /// Whether this machine has a command.
  static boolean isThere(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
