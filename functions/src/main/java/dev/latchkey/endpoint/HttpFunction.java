package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.ApiGatewayEvent;
import dev.latchkey.http.Cors;
import dev.latchkey.http.Edge;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.http.Unavailable;
import dev.latchkey.snapshot.Snapshot;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A Lambda function behind the HTTP API: payload 2.0 in, payload 2.0 out.
public abstract class HttpFunction implements RequestStreamHandler {
  private static final OAuthFailure BUSY =
      OAuthFailure.unavailable("Try again in a moment. Nothing was lost.");

  private final JsonResponses responses;
  private final Edge edge;

  protected HttpFunction(Wiring wiring) {
    responses = wiring.responses();
    edge = wiring.edge();
    Snapshot.register();
  }

  /// Answers one request. Protocol refusals are answers; only faults are thrown.
  protected abstract Response answer(Request request);

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    var response =
        edge.admit(ApiGatewayEvent.read(in))
            .map(request -> guarded(request, context))
            .orElse(Edge.REFUSAL);
    out.write(ApiGatewayEvent.write(response).getBytes(StandardCharsets.UTF_8));
  }

  private Response guarded(Request request, Context context) {
    // The template routes OPTIONS only to functions that pages of other origins may call.
    if (request.method().equals("OPTIONS")) {
      return preflight();
    }
    try {
      return answer(request);
    } catch (Unavailable e) {
      context.getLogger().log(RequestLog.fault(request, e));
      return unavailable();
    }
  }

  /// What pages of other origins may send.
  protected Response preflight() {
    return Cors.preflight("GET, POST, OPTIONS");
  }

  /// The answer while a store or the key service does not answer. For apps; never invalid_grant for
  /// our own trouble: an app would throw a good token away.
  protected Response unavailable() {
    return Cors.open(responses.failure(BUSY));
  }
}
