package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.Json;
import dev.latchkey.resource.HealthLakePolicy;
import dev.latchkey.resource.HealthLakeValidation;
import dev.latchkey.snapshot.Snapshot;
import dev.latchkey.wiring.HealthLakeSettings;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What AWS HealthLake invokes for each FHIR request with an access token. It has no route. While a
/// store does not answer in time it fails, and HealthLake lets nobody in.
public final class HealthLakeFunction implements RequestStreamHandler {
  private final HealthLakeValidation validation;
  private final TimeLimit time;

  /// As Lambda makes it, wired from the environment.
  public HealthLakeFunction() {
    this(HealthLakeSettings.wiring(), HealthLakeSettings.onAws());
    Snapshot.register();
  }

  public HealthLakeFunction(Wiring wiring, HealthLakePolicy policy) {
    validation =
        new HealthLakeValidation(wiring.introspection(), wiring.identity(), policy, wiring.clock());
    time = new TimeLimit(policy.limit());
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var event = event(in);
    var answer = time.of(() -> validation.answer(event));
    answer.logged().ifPresent(line -> context.getLogger().log(Json.write(line)));
    out.write(Json.write(answer.members()).getBytes(StandardCharsets.UTF_8));
  }

  /// Nothing in it is one way to be unreadable.
  private static Map<String, Object> event(InputStream in) {
    try {
      return Json.readObject(in);
    } catch (IOException noObject) {
      return Map.of();
    }
  }
}
