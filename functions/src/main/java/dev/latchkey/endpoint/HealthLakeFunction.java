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

/// What AWS HealthLake invokes for each FHIR request with an access token. It has no route. While a
/// store does not answer it fails, and HealthLake lets nobody in.
public final class HealthLakeFunction implements RequestStreamHandler {
  private final HealthLakeValidation validation;

  /// As Lambda makes it, wired from the environment.
  public HealthLakeFunction() {
    this(Wiring.onAws(), HealthLakeSettings.onAws());
    Snapshot.register();
  }

  public HealthLakeFunction(Wiring wiring, HealthLakePolicy policy) {
    validation =
        new HealthLakeValidation(wiring.introspection(), wiring.identity(), policy, wiring.clock());
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var answer = validation.answer(Json.readObject(in));
    answer.logged().ifPresent(line -> context.getLogger().log(Json.write(line)));
    out.write(Json.write(answer.members()).getBytes(StandardCharsets.UTF_8));
  }
}
