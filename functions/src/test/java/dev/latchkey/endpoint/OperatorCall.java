package dev.latchkey.endpoint;

import dev.latchkey.events.LambdaContext;
import dev.latchkey.http.Json;
import java.util.Map;

/// One invocation of the operator function, as `aws lambda invoke` makes it.
///
/// @param payload what is sent
record OperatorCall(String payload) {
  static OperatorCall of(Map<String, Object> command) {
    return new OperatorCall(Json.write(command));
  }

  static OperatorCall of(String command) {
    return of(Map.of("command", command));
  }

  Map<String, Object> to(OperatorFunction function) {
    return to(function, new LambdaContext());
  }

  Map<String, Object> to(OperatorFunction function, LambdaContext context) {
    return Invocation.of(function, payload, context).answer();
  }
}
