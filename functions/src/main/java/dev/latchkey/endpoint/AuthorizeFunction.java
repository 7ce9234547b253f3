package dev.latchkey.endpoint;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.authorize.AuthorizationRequests;
import dev.latchkey.authorize.AuthorizationStart;
import dev.latchkey.authorize.AuthorizeOutcome;
import dev.latchkey.authorize.WayBack;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.wiring.Wiring;

/// `GET` and `POST /authorize` (RFC 6749 section 3.1).
public final class AuthorizeFunction extends HttpFunction {
  private final Wiring wiring;
  private final AuthorizationRequests requests;
  private final AuthorizationStart start;
  private final BrowserSessions sessions;
  private final Cookies cookies;

  /// As Lambda makes it, wired from the environment.
  public AuthorizeFunction() {
    this(Wiring.onAws());
  }

  public AuthorizeFunction(Wiring wiring) {
    super(wiring);
    this.wiring = wiring;
    requests = wiring.authorizationRequests();
    start = wiring.authorizationStart();
    sessions = wiring.browserSessions();
    cookies = wiring.cookies();
  }

  @Override
  protected Response answer(Request request) {
    var parameters = request.method().equals("POST") ? request.form() : request.query();
    return answer(request, requests.check(parameters, wiring.clock().instant()));
  }

  private Response answer(Request request, AuthorizeOutcome outcome) {
    return switch (outcome) {
      case AuthorizeOutcome.Interact asked -> interact(request, asked);
      case AuthorizeOutcome.NoPage asked -> answer(request, withoutPage(request, asked));
      case AuthorizeOutcome.RedirectError refused -> WayBack.to(refused, wiring.identity());
      case AuthorizeOutcome.LocalError(var failure) -> WayBack.none(failure);
    };
  }

  @Override
  protected Response unavailable() {
    return Pages.unavailable();
  }

  private AuthorizeOutcome withoutPage(Request request, AuthorizeOutcome.NoPage asked) {
    var now = wiring.clock().instant();
    var found = cookies.read(request, Cookies.SESSION).flatMap(one -> sessions.live(one, now));
    return asked.outcome(found, wiring.consent().mayRemember(asked.client()));
  }

  private Response interact(Request request, AuthorizeOutcome.Interact asked) {
    var known = cookies.read(request, Cookies.BROWSER);
    var browser = known.orElseGet(wiring.entropy()::value);
    var transaction = start.begin(asked, browser, wiring.clock().instant());
    if (transaction.isEmpty()) {
      return Pages.error(
          400,
          "The app was opened twice at once",
          "Go back to the record system and open the app from there again.",
          "invalid_request");
    }
    var page = wiring.identity().url("/interaction/sign-in?txn=" + transaction.get().value());
    var next = Response.seeOther(page).withHeader("cache-control", "no-store");
    return known.isPresent() ? next : next.withCookie(cookies.set(Cookies.BROWSER, browser));
  }
}
