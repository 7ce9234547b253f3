package dev.latchkey.sandbox.gateway;

import dev.latchkey.http.Cors;
import dev.latchkey.http.Json;
import dev.latchkey.http.Response;
import dev.latchkey.sandbox.ServletAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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

  /// @param readable whether pages of other origins may read it; API Gateway itself lets none (ADR
  ///   0051)
  void send(HttpServletResponse response, boolean readable) throws IOException {
    var answer = Response.of(status, "application/json", Json.write(message));
    ServletAnswer.send(readable ? Cors.open(answer) : answer, response);
  }
}
