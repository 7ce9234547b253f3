package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.events.LambdaContext;
import dev.latchkey.http.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// One invocation of a function that has no route.
///
/// @param answer what it returned
/// @param log what it wrote to its log
record Invocation(Map<String, Object> answer, List<String> log) {
  static Invocation of(RequestStreamHandler function, String payload) {
    return of(function, payload, new LambdaContext());
  }

  static Invocation of(RequestStreamHandler function, String payload, LambdaContext context) {
    var out = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)), out, context);
      return new Invocation(
          Json.readObject(new ByteArrayInputStream(out.toByteArray())), context.lines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An object inside the answer.
  Map<?, ?> object(String name) {
    return (Map<?, ?>) answer.getOrDefault(name, Map.of());
  }
}
