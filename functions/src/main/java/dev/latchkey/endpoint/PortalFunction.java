package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.Json;
import dev.latchkey.http.Unavailable;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalMessage;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.wiring.PortalWiring;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Asks the organisation's portal who somebody is. It has no route, no table and no key that signs
/// tokens, and the portal's tokens do not leave it.
public final class PortalFunction implements RequestStreamHandler {
  private final Optional<Portal> portal;
  private final Optional<TokenSigner> key;

  /// As Lambda makes it, wired from the environment.
  public PortalFunction() {
    this(PortalWiring.onAws());
  }

  public PortalFunction(Wiring wiring) {
    this(wiring.portal(), Optional.empty());
  }

  private PortalFunction(PortalWiring.Parts parts) {
    this(parts.portal(), parts.key());
  }

  /// @param key that this server proves itself with to others; empty for none
  public PortalFunction(Optional<Portal> portal, Optional<TokenSigner> key) {
    this.portal = portal;
    this.key = key;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var message = Json.readObject(in);
    var answer = message.containsKey("keys") ? keys() : answer(message);
    if (answer.get("reason") instanceof String reason) {
      context.getLogger().log(Json.write(Map.of("event", "portal_refused", "reason", reason)));
    }
    out.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> answer(Map<String, Object> message) {
    return portal
        .map(asked -> PortalMessage.answer(message, asked))
        .orElseGet(() -> Map.of("error", "refused", "reason", "No portal is set up."));
  }

  /// The public key, for whoever registers this server.
  private Map<String, Object> keys() {
    try {
      return key.map(own -> own.published().toJSONObject())
          .orElseGet(() -> Map.of("error", "refused", "reason", "No key is set up."));
    } catch (Unavailable noKey) {
      return Map.of("error", "unreachable");
    }
  }
}
