package dev.latchkey.sandbox.gateway;

import dev.latchkey.http.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the gateway says when no function answers, as far as there is a model in the words of API
/// Gateway's HTTP API.
record Refusal(int status, Map<String, String> message) {
  static Refusal notFound() {
    return new Refusal(404, Map.of("message", "Not Found"));
  }

  static Refusal internalServerError() {
    return new Refusal(500, Map.of("message", "Internal Server Error"));
  }

  static Refusal serviceUnavailable() {
    return new Refusal(503, Map.of("message", "Service Unavailable"));
  }

  /// In the form of the OAuth endpoints (RFC 6749 section 5.2), whose clients meet it.
  static Refusal tooLarge(int status, String what, int limit) {
    var message = new LinkedHashMap<String, String>();
    message.put("error", "invalid_request");
    message.put("error_description", "The " + what + " larger than " + limit + " bytes.");
    return new Refusal(status, message);
  }

  void send(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.getOutputStream().write(Json.write(message).getBytes(StandardCharsets.UTF_8));
  }
}
