package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.client.KeySetSource;
import dev.latchkey.http.Json;
import dev.latchkey.jwks.KeySetMessage;
import dev.latchkey.jwks.KeySetReader;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Reads key sets of apps from the Internet. It has no route, no table and no key: whoever tricks
/// it finds nothing there.
public final class KeySetFunction implements RequestStreamHandler {
  private final KeySetSource source;

  /// As Lambda makes it.
  public KeySetFunction() {
    this(KeySetReader.onTheInternet());
  }

  public KeySetFunction(Wiring wiring) {
    this(wiring.keySets());
  }

  private KeySetFunction(KeySetSource source) {
    this.source = source;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var address = KeySetMessage.address(Json.readObject(in));
    var answer = KeySetMessage.write(source.read(address));
    out.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }
}
