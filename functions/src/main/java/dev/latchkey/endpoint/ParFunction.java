package dev.latchkey.endpoint;

import dev.latchkey.authorize.PushedRequestEndpoint;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.wiring.Wiring;

/// `POST /par` (RFC 9126).
public final class ParFunction extends HttpFunction {
  private final PushedRequestEndpoint endpoint;

  /// As Lambda makes it, wired from the environment.
  public ParFunction() {
    this(Wiring.onAws());
  }

  public ParFunction(Wiring wiring) {
    super(wiring);
    endpoint = wiring.pushedRequestEndpoint();
  }

  @Override
  protected Response answer(Request request) {
    return endpoint.answer(request);
  }
}
