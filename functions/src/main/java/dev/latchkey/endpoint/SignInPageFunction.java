package dev.latchkey.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.Json;
import dev.latchkey.http.Unavailable;
import dev.latchkey.portal.page.PageCommands;
import dev.latchkey.wiring.PortalWiring;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where the sign-in page of the team's own asks what it is wanted for, and says who signed in. It
/// has no route: whoever may invoke the function is the page.
public final class SignInPageFunction implements RequestStreamHandler {
  private static final int LONGEST = 65_536;

  private final PageCommands commands;

  /// As Lambda makes it, wired from the environment.
  public SignInPageFunction() {
    this(Wiring.onAws());
  }

  public SignInPageFunction(Wiring wiring) {
    commands = PortalWiring.pageCommands(wiring);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var answer = answer(in.readNBytes(LONGEST + 1));
    var error = answer.getOrDefault("error", "none");
    context.getLogger().log(Json.write(Map.of("event", "sign_in_page", "error", error)));
    out.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> answer(byte[] message) {
    if (message.length > LONGEST) {
      return PageCommands.problem("The message is longer than 64 kB.");
    }
    try {
      return commands.run(Json.readObjectOfStranger(message));
    } catch (IOException unreadable) {
      return PageCommands.problem("Send one JSON object, such as {\"command\": \"show\"}.");
    } catch (Unavailable e) {
      return Map.of(
          "error",
          "temporarily_unavailable",
          "error_description",
          e.getMessage() + ". Send the message again.");
    }
  }
}
