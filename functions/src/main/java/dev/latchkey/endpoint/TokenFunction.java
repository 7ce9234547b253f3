package dev.latchkey.endpoint;

import dev.latchkey.grant.TokenEndpoint;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.wiring.Wiring;

/// `POST /token`: every grant.
public final class TokenFunction extends HttpFunction {
  private final TokenEndpoint endpoint;

  /// As Lambda makes it, wired from the environment.
  public TokenFunction() {
    this(Wiring.onAws());
  }

  public TokenFunction(Wiring wiring) {
    super(wiring);
    endpoint = wiring.tokenEndpoint();
  }

  @Override
  protected Response answer(Request request) {
    return endpoint.answer(request);
  }
}
