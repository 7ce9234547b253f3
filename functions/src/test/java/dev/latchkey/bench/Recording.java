package dev.latchkey.bench;

import dev.latchkey.events.RemoteReplay;
import dev.latchkey.http.Json;
import dev.latchkey.lambda.AwsOverHttp.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// An event, and what DynamoDB Local and a KMS in memory answered while a function dealt with it.
///
/// @param operation as `docs/calls.csv` calls it
/// @param function as in the folder `events`
/// @param event as it was sent
record Recording(String operation, String function, byte[] event, List<Exchange> exchanges) {
  static final String REFRESH = "refresh, public app";

  /// What is measured: each with the event of the folder `events` that asks for it.
  private static final Map<String, String> EVENTS =
      Map.of(
          REFRESH,
          "token/refresh-rotates",
          "code exchange, public app",
          "token/code-exchange-of-a-public-app",
          "client credentials",
          "token/backend-service",
          "revocation of a refresh token",
          "revoke/refresh-token-revokes-its-family");

  static List<String> operations() {
    return EVENTS.keySet().stream().sorted().toList();
  }

  /// Sends the event of an operation to its function, which must answer as the event's file says.
  /// Codes and assertions are good for a minute from then on.
  static Recording of(String operation) throws IOException {
    var event = EVENTS.getOrDefault(operation, "");
    var folder = event.substring(0, event.indexOf('/'));
    try (var function = RemoteReplay.of(folder)) {
      var differences = function.differences(event.substring(folder.length() + 1));
      if (!differences.isEmpty()) {
        throw new IllegalStateException(operation + " went wrong: " + differences);
      }
      return new Recording(operation, folder, function.sent(), function.exchanges());
    }
  }

  /// Writes the exchanges where the process can read them that answers from them.
  Path write(Path folder) throws IOException {
    var all =
        exchanges.stream()
            .map(
                one ->
                    Map.of(
                        "target",
                        one.target(),
                        "request",
                        one.request(),
                        "status",
                        one.status(),
                        "answer",
                        one.answer()))
            .toList();
    var file = Files.createTempFile(folder, "recording", ".json");
    return Files.writeString(file, Json.write(Map.of("exchanges", all)));
  }

  static List<Exchange> read(Path file) throws IOException {
    var all =
        (List<?>) Json.readObject(Files.readString(file)).getOrDefault("exchanges", List.of());
    return all.stream().map(one -> exchange((Map<?, ?>) one)).toList();
  }

  private static Exchange exchange(Map<?, ?> one) {
    return new Exchange(
        text(one, "target"),
        text(one, "request"),
        Integer.parseInt(text(one, "status")),
        text(one, "answer"));
  }

  private static String text(Map<?, ?> one, String name) {
    return String.valueOf(one.get(name));
  }
}
