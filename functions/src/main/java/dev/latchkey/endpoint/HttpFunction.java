package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.ApiGatewayEvent;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A Lambda function behind the HTTP API: payload 2.0 in, payload 2.0 out.
public abstract class HttpFunction implements RequestStreamHandler {
  /// Answers one request. Protocol refusals are answers; only faults are thrown.
  protected abstract Response answer(Request request);

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    var response = answer(ApiGatewayEvent.read(in));
    out.write(ApiGatewayEvent.write(response).getBytes(StandardCharsets.UTF_8));
  }
}
