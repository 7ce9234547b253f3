package dev.latchkey.endpoint;

import dev.latchkey.http.Pages;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.logout.Logout;
import dev.latchkey.wiring.Wiring;

/// `GET` and `POST /logout` (OpenID Connect RP-Initiated Logout 1.0).
public final class LogoutFunction extends HttpFunction {
  private final Logout logout;

  /// As Lambda makes it: from the environment.
  public LogoutFunction() {
    this(Wiring.onAws());
  }

  public LogoutFunction(Wiring wiring) {
    super(wiring);
    logout =
        Logout.over(
            wiring.browserSessions(),
            wiring.stores().clients(),
            wiring.signer(),
            wiring.identity(),
            wiring.clock());
  }

  @Override
  protected Response answer(Request request) {
    return logout.answer(request);
  }

  @Override
  protected Response unavailable() {
    return Pages.unavailable();
  }
}
