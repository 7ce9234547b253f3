package dev.latchkey.conformance.http;

import dev.latchkey.conformance.verdict.Unmet;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sends requests, through the proxy of the JVM's proxy properties, and follows no redirects.
public final class Http {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .proxy(ProxySelector.getDefault())
          .connectTimeout(Duration.ofSeconds(20))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public Answer get(URI uri, Map<String, String> headers) throws Unmet {
    return send(HttpRequest.newBuilder(uri).GET(), headers);
  }

  public Answer get(URI uri) throws Unmet {
    return get(uri, Map.of());
  }

  /// Posts a form.
  public Answer post(URI uri, Map<String, String> form, Map<String, String> headers) throws Unmet {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form))),
        headers);
  }

  /// Posts a body of another kind.
  public Answer post(URI uri, String contentType, String body, Map<String, String> headers)
      throws Unmet {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body)),
        headers);
  }

  public Answer send(String method, URI uri, Map<String, String> headers) throws Unmet {
    return send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()), headers);
  }

  /// What is answered to a GET, or nothing when nobody listens there.
  public Optional<Answer> getIfThere(URI uri) throws Unmet {
    try {
      return Optional.of(exchange(HttpRequest.newBuilder(uri).timeout(LONGEST).GET().build()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Answer send(HttpRequest.Builder request, Map<String, String> headers)
      throws Unmet {
    headers.forEach(request::header);
    var built = request.timeout(LONGEST).build();
    try {
      return exchange(built);
    } catch (IOException e) {
      throw new Unmet("%s does not answer: %s".formatted(built.uri(), e));
    }
  }

  private static Answer exchange(HttpRequest request) throws IOException, Unmet {
    try {
      var response = CLIENT.send(request, BodyHandlers.ofString());
      return new Answer(request.uri(), response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unmet("interrupted");
    }
  }

  /// Parameters as `application/x-www-form-urlencoded`.
  public static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            parameter ->
                URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
