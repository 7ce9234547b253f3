package dev.latchkey.jwks;

import dev.latchkey.client.KeySetSource.Answer;
import java.util.Map;

/// What the function that reads key sets is sent, and what it answers, as JSON.
public final class KeySetMessage {
  private KeySetMessage() {}

  /// The request for an address.
  public static Map<String, Object> ask(String jwksUri) {
    return Map.of("jwks_uri", jwksUri);
  }

  /// The address of a request; empty when there is none.
  public static String address(Map<String, Object> request) {
    return request.get("jwks_uri") instanceof String address ? address : "";
  }

  public static Map<String, Object> write(Answer answer) {
    return switch (answer) {
      case Answer.KeySet(var jwks, var maxAge) -> Map.of("jwks", jwks, "max_age", maxAge);
      case Answer.Blocked() -> Map.of("error", "blocked");
      case Answer.Failed() -> Map.of("error", "failed");
    };
  }

  public static Answer read(Map<String, Object> answer) {
    if (answer.get("jwks") instanceof String jwks
        && answer.get("max_age") instanceof Number maxAge) {
      return new Answer.KeySet(jwks, maxAge.longValue());
    }
    return "blocked".equals(answer.get("error")) ? new Answer.Blocked() : new Answer.Failed();
  }
}
