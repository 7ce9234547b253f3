package dev.latchkey.endpoint;

import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.token.IntrospectionEndpoint;
import dev.latchkey.wiring.Wiring;

/// `POST /introspect` (RFC 7662).
public final class IntrospectFunction extends HttpFunction {
  private final IntrospectionEndpoint endpoint;

  /// As Lambda makes it, wired from the environment.
  public IntrospectFunction() {
    this(Wiring.onAws());
  }

  public IntrospectFunction(Wiring wiring) {
    super(wiring);
    endpoint = wiring.introspectionEndpoint();
  }

  @Override
  protected Response answer(Request request) {
    return endpoint.answer(request);
  }
}
