package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.Json;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalMessage;
import dev.latchkey.wiring.PortalWiring;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Asks the organisation's portal who somebody is. It has no route, no table and no key, and the
/// portal's tokens do not leave it.
public final class PortalFunction implements RequestStreamHandler {
  private final Optional<Portal> portal;

  /// As Lambda makes it, wired from the environment.
  public PortalFunction() {
    this(PortalWiring.onAws());
  }

  public PortalFunction(Wiring wiring) {
    this(wiring.portal());
  }

  public PortalFunction(Optional<Portal> portal) {
    this.portal = portal;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var message = Json.readObject(in);
    var answer =
        portal
            .map(asked -> PortalMessage.answer(message, asked))
            .orElseGet(() -> Map.of("error", "refused", "reason", "No portal is set up."));
    if (answer.get("reason") instanceof String reason) {
      context.getLogger().log(Json.write(Map.of("event", "portal_refused", "reason", reason)));
    }
    out.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }
}
