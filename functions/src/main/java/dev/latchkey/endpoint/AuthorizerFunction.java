package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.ApiGatewayEvent;
import dev.latchkey.http.Json;
import dev.latchkey.resource.FhirPaths;
import dev.latchkey.resource.GatewayAnswer;
import dev.latchkey.resource.GatewayAuthorization;
import dev.latchkey.snapshot.Snapshot;
import dev.latchkey.wiring.AuthorizerSettings;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What an HTTP API of API Gateway asks before each request to the FHIR server behind it: a Lambda
/// authorizer of payload format 2.0 with simple responses. It has no route. While a store does not
/// answer it fails, and API Gateway lets nobody in.
public final class AuthorizerFunction implements RequestStreamHandler {
  private final GatewayAuthorization authorization;

  /// As Lambda makes it, wired from the environment.
  public AuthorizerFunction() {
    this(Wiring.onAws(), AuthorizerSettings.onAws());
    Snapshot.register();
  }

  /// The FHIR API is served at the path of its base URL.
  public AuthorizerFunction(Wiring wiring) {
    this(wiring, Optional.empty());
  }

  /// The FHIR API is served elsewhere.
  ///
  /// @param servedAt path at which the gateway serves the FHIR API, if it is another
  public AuthorizerFunction(Wiring wiring, Optional<String> servedAt) {
    authorization =
        new GatewayAuthorization(
            wiring.introspection(),
            wiring.boundTokens(),
            FhirPaths.of(wiring.identity(), servedAt),
            wiring.clock());
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var answer = answer(in);
    answer.logged().ifPresent(line -> context.getLogger().log(Json.write(line)));
    out.write(Json.write(answer.members()).getBytes(StandardCharsets.UTF_8));
  }

  private GatewayAnswer answer(InputStream in) {
    try {
      return authorization.answer(ApiGatewayEvent.read(in));
    } catch (IOException noRequest) {
      return GatewayAuthorization.unreadable();
    }
  }
}
