package dev.latchkey.sandbox.flow;

import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.latchkey.http.Json;
import dev.latchkey.sandbox.RunningSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody who registers an app with a sandbox, over HTTP, and manages it (RFC 7591, RFC 7592).
public final class Developer {
  private final RunningSandbox sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  public Developer(RunningSandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// What the registration endpoint said.
  ///
  /// @param json empty where the body is
  public record Answer(int status, HttpHeaders headers, Map<String, Object> json) {
    public String text(String member) {
      return String.valueOf(json.get(member));
    }

    /// The latest registration access token.
    public String token() {
      return text("registration_access_token");
    }

    public URI address() {
      return URI.create(text("registration_client_uri"));
    }
  }

  /// A native app on loopback.
  public static Map<String, Object> nativeApp(String name) {
    return Map.of(
        "client_name",
        name,
        "application_type",
        "native",
        "token_endpoint_auth_method",
        "none",
        "redirect_uris",
        List.of("http://127.0.0.1/callback"));
  }

  /// A web app with a secret.
  public static Map<String, Object> webApp(String redirectUri) {
    return Map.of("client_name", "Care team portal", "redirect_uris", List.of(redirectUri));
  }

  public Answer register(Map<String, Object> metadata) {
    return send(posted(Json.write(metadata)));
  }

  /// With an initial access token, or another bearer token.
  public Answer register(Map<String, Object> metadata, String bearer) {
    return send(posted(Json.write(metadata)).header("authorization", "Bearer " + bearer));
  }

  /// A body that need not be metadata.
  public Answer post(String body) {
    return send(posted(body));
  }

  public Answer read(URI address, String token) {
    return manage("GET", address, token, BodyPublishers.noBody());
  }

  public Answer replace(URI address, String token, Map<String, Object> metadata) {
    return manage("PUT", address, token, BodyPublishers.ofString(Json.write(metadata)));
  }

  public Answer remove(URI address, String token) {
    return manage("DELETE", address, token, BodyPublishers.noBody());
  }

  /// The app that was registered, as it runs somewhere.
  public SmartApp app(Answer registered, String redirectUri) {
    return new SmartApp(
        SmartApp.discover(sandbox.baseUrl()),
        sandbox.fhirBase(),
        new ClientID(registered.text("client_id")),
        Optional.ofNullable(registered.json().get("client_secret"))
            .map(secret -> new Secret(secret.toString())),
        URI.create(redirectUri));
  }

  private HttpRequest.Builder posted(String body) {
    return HttpRequest.newBuilder(sandbox.baseUrl().resolve("/register"))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private Answer manage(String method, URI address, String token, BodyPublisher body) {
    return send(
        HttpRequest.newBuilder(address)
            .header("authorization", "Bearer " + token)
            .header("content-type", "application/json")
            .method(method, body));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers(),
          response.body().isEmpty() ? Map.of() : Json.readObject(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
