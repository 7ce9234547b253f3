package dev.latchkey.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The floor of every Java function: it answers the same to everything.
public final class ConstantFunction implements RequestStreamHandler {
  private static final byte[] ANSWER =
      "{\"statusCode\": 200, \"body\": \"\"}".getBytes(StandardCharsets.UTF_8);

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    out.write(ANSWER);
  }
}
