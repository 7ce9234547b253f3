package dev.latchkey.endpoint;

import dev.latchkey.apps.Apps;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.wiring.Wiring;

/// `GET /apps`, and `GET` and `POST /apps/{action}`: which apps hold a key, and the forms that take
/// keys back.
public final class AppsFunction extends HttpFunction {
  private final Apps apps;

  /// As Lambda makes it: from the environment.
  public AppsFunction() {
    this(Wiring.onAws());
  }

  public AppsFunction(Wiring wiring) {
    super(wiring);
    apps = wiring.apps();
  }

  @Override
  protected Response answer(Request request) {
    return apps.answer(request, request.pathParameters().getOrDefault("action", ""));
  }

  @Override
  protected Response unavailable() {
    return Pages.unavailable();
  }
}
