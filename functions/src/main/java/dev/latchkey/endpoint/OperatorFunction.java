package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.Json;
import dev.latchkey.operator.Operator;
import dev.latchkey.operator.Report;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The operator's way in: one JSON object in, one out. It has no route; whoever may invoke the
/// function is the operator.
public final class OperatorFunction implements RequestStreamHandler {
  private final Operator operator;

  /// As Lambda makes it, wired from the environment.
  public OperatorFunction() {
    this(Wiring.onAws());
  }

  public OperatorFunction(Wiring wiring) {
    operator = wiring.operator();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var report = run(in);
    context.getLogger().log(Json.write(report.logged()));
    out.write(Json.write(report.members()).getBytes(StandardCharsets.UTF_8));
  }

  private Report run(InputStream in) {
    try {
      return operator.run(Json.readObject(in));
    } catch (IOException e) {
      return Report.unreadable("Send one JSON object, such as {\"command\": \"list-token-keys\"}.");
    }
  }
}
