package dev.latchkey.sandbox.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.wiring.Wiring;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The functions of the template, each as one handler object that serves many requests at once.
public final class Functions {
  private static final String METHOD = "::handleRequest";

  private final Map<String, RequestStreamHandler> byName;

  /// The functions by their logical ids in the template.
  public Functions(Map<String, RequestStreamHandler> byName) {
    this.byName = Map.copyOf(byName);
  }

  /// Makes the handler of every function through its constructor that takes the wiring.
  ///
  /// @throws IllegalArgumentException naming the function whose handler cannot be made
  static Functions load(Template template, Wiring wiring) {
    var handlers = new LinkedHashMap<String, RequestStreamHandler>();
    template
        .resources("AWS::Serverless::Function")
        .forEach(
            (name, properties) ->
                handlers.put(
                    name, handler(Template.text(properties, "Handler", name), name, wiring)));
    return new Functions(handlers);
  }

  /// Runs a function on one event.
  ///
  /// @param function logical id in the template
  /// @return the response event
  public String invoke(String function, String requestId, String event) throws IOException {
    var handler = byName.get(function);
    if (handler == null) {
      throw new IllegalStateException("No function " + function);
    }
    var out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        out,
        new LocalContext(function, requestId));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static RequestStreamHandler handler(String handler, String function, Wiring wiring) {
    try {
      if (!handler.endsWith(METHOD)) {
        throw new NoSuchMethodException(handler);
      }
      return Class.forName(handler.substring(0, handler.length() - METHOD.length()))
          .asSubclass(RequestStreamHandler.class)
          .getConstructor(Wiring.class)
          .newInstance(wiring);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "template.yaml names "
              + handler
              + " as the handler of "
              + function
              + ", and it cannot be made with a Wiring",
          e);
    }
  }
}
