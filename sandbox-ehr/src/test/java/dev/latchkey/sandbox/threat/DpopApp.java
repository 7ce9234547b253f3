package dev.latchkey.sandbox.threat;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.latchkey.contract.DpopKey;
import dev.latchkey.contract.DpopProof;
import dev.latchkey.http.Json;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.SmartApp;
import dev.latchkey.sandbox.flow.SmartApp.Started;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The sandbox's phone app with a key, talking plain HTTP so that it can also send what no library
/// would.
final class DpopApp {
  private static final URI REDIRECT = URI.create("http://127.0.0.1:51004/callback");
  private static final String ID = "demo-native";

  private final HttpClient http = HttpClient.newHttpClient();
  private final RunningSandbox sandbox;
  private final SmartApp app;
  private String nonce = "";

  DpopApp(RunningSandbox sandbox) {
    this.sandbox = sandbox;
    app =
        new SmartApp(
            SmartApp.discover(sandbox.baseUrl()),
            sandbox.fhirBase(),
            new ClientID(ID),
            Optional.empty(),
            REDIRECT);
  }

  /// An HTTP answer.
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String text(String member) {
      return String.valueOf(Json.readObject(response.body()).get(member));
    }

    List<String> challenges() {
      return response.headers().allValues("www-authenticate");
    }

    Optional<String> nonce() {
      return response.headers().firstValue("dpop-nonce");
    }
  }

  /// A code and what the app needs to exchange it.
  record Allowed(String code, Started started) {}

  /// A patient allows what the app asks for.
  ///
  /// @param query more of the authorization request, such as `&dpop_jkt=...`
  Allowed allowed(Patient patient, String query) {
    var started = app.start(Patient.OFFLINE);
    var asked =
        new Started(
            URI.create(started.uri() + query),
            started.state(),
            started.nonce(),
            started.verifier());
    return new Allowed(patient.code(app, asked).getValue(), asked);
  }

  /// @param proofs values of the DPoP header, each in a header of its own
  Answer exchange(Allowed allowed, String... proofs) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", allowed.code());
    form.put("redirect_uri", REDIRECT.toString());
    form.put("code_verifier", allowed.started().verifier().getValue());
    return token(form, proofs);
  }

  Answer refresh(String refreshToken, String... proofs) {
    return token(
        new LinkedHashMap<>(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken)),
        proofs);
  }

  private Answer token(Map<String, String> form, String... proofs) {
    form.put("client_id", ID);
    var body =
        form.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(URI.create(tokenUrl()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    return send(request, proofs);
  }

  /// Connected with this key.
  Answer connected(Patient patient, DpopKey key) {
    var answer = exchange(allowed(patient, ""), proof(key).signed());
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer;
  }

  /// A proof for the token endpoint.
  DpopProof proof(DpopKey key) {
    return proof(key, "POST", tokenUrl());
  }

  DpopProof proof(DpopKey key, String method, String url) {
    var now = sandbox.bean(Wiring.class).clock().instant();
    return key.proof(method, url, now).claim("nonce", nonce());
  }

  String tokenUrl() {
    return app.provider().getTokenEndpointURI().toString();
  }

  String fhirUrl(String path) {
    return sandbox.fhirBase() + path;
  }

  Answer read(String path, String accessToken, String... proofs) {
    return get(fhirUrl(path), "DPoP", accessToken, proofs);
  }

  Answer readAsBearer(String path, String accessToken, String... proofs) {
    return get(fhirUrl(path), "Bearer", accessToken, proofs);
  }

  Answer get(String url, String scheme, String accessToken, String... proofs) {
    var request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", scheme + " " + accessToken);
    return send(request, proofs);
  }

  /// The newest nonce that this server gave, asked for with a proof without one at first.
  private String nonce() {
    if (nonce.isEmpty()) {
      var now = sandbox.bean(Wiring.class).clock().instant();
      var without = DpopKey.make().proof("POST", tokenUrl(), now).signed();
      var answer = refresh("any", without);
      assertThat(answer.text("error")).isEqualTo("use_dpop_nonce");
    }
    return nonce;
  }

  private Answer send(HttpRequest.Builder request, String... proofs) {
    for (var proof : proofs) {
      request.header("DPoP", proof);
    }
    try {
      var answer = new Answer(http.send(request.build(), BodyHandlers.ofString()));
      answer.nonce().ifPresent(fresh -> nonce = fresh);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
