package dev.latchkey.endpoint;

import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.token.UserInfoEndpoint;
import dev.latchkey.wiring.Wiring;

/// `GET` and `POST /userinfo` (OpenID Connect Core section 5.3).
public final class UserinfoFunction extends HttpFunction {
  private final UserInfoEndpoint endpoint;

  /// As Lambda makes it, wired from the environment.
  public UserinfoFunction() {
    this(Wiring.onAws());
  }

  public UserinfoFunction(Wiring wiring) {
    super(wiring);
    endpoint = wiring.userInfoEndpoint();
  }

  @Override
  protected Response answer(Request request) {
    return endpoint.answer(request);
  }
}
