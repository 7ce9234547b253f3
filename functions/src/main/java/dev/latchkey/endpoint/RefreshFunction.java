package dev.latchkey.endpoint;

import dev.latchkey.grant.TokenEndpoint;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.wiring.Wiring;

/// `POST /refresh`: the refresh grant alone, through the same use case with fewer rights.
public final class RefreshFunction extends HttpFunction {
  private final TokenEndpoint endpoint;

  /// As Lambda makes it, wired from the environment.
  public RefreshFunction() {
    this(Wiring.onAws());
  }

  public RefreshFunction(Wiring wiring) {
    super(wiring);
    endpoint = wiring.tokenEndpoint();
  }

  @Override
  protected Response answer(Request request) {
    return endpoint.answerRefresh(request);
  }
}
