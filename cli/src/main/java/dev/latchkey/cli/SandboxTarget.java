package dev.latchkey.cli;

import dev.latchkey.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// The operator function of a sandbox on this machine, which answers at `/sandbox/operator`.
record SandboxTarget(URI origin) implements Target {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public Map<String, Object> send(Map<String, Object> command) {
    try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      return read(http.send(request(command), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new Unreachable(
          "No sandbox answers at %s. Start one with ./mvnw spring-boot:run, or say where it is with --sandbox."
              .formatted(origin),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("The command was interrupted. It may have been carried out.", e);
    }
  }

  private HttpRequest request(Map<String, Object> command) {
    return HttpRequest.newBuilder(origin.resolve("/sandbox/operator"))
        .header("Content-Type", "application/json")
        .timeout(PATIENCE)
        .POST(BodyPublishers.ofString(Json.write(command)))
        .build();
  }

  /// An answer of the function is JSON, with whatever status; anything else is from somebody else.
  private Map<String, Object> read(HttpResponse<byte[]> response) {
    try {
      var answer = Json.readObject(new ByteArrayInputStream(response.body()));
      if (answer.containsKey("outcome") || answer.containsKey("error")) {
        return answer;
      }
    } catch (IOException e) {
      // Said below.
    }
    throw new Unreachable(
        "What answers at %s is no sandbox, or not one of this machine's own (status %d)."
            .formatted(origin, response.statusCode()));
  }
}
