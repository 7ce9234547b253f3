package dev.latchkey.endpoint;

import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.token.RevocationEndpoint;
import dev.latchkey.wiring.Wiring;

/// `POST /revoke` (RFC 7009).
public final class RevokeFunction extends HttpFunction {
  private final RevocationEndpoint endpoint;

  /// As Lambda makes it, wired from the environment.
  public RevokeFunction() {
    this(Wiring.onAws());
  }

  public RevokeFunction(Wiring wiring) {
    super(wiring);
    endpoint = wiring.revocationEndpoint();
  }

  @Override
  protected Response answer(Request request) {
    return endpoint.answer(request);
  }
}
