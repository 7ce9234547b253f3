package dev.latchkey.apps;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalDoor;
import dev.latchkey.portal.PortalNotice;
import dev.latchkey.secret.Entropy;
import java.time.Instant;

/// For whoever is not signed in, where people sign in at the organisation's portal.
record AtThePortal(
    PortalDoor door, BrowserSessions sessions, ServerIdentity identity, Entropy entropy) {

  /// The page that leads there.
  Response show(Request request) {
    var page = notice(request, PortalNotice.SIGN_IN);
    return cookies().read(request, Cookies.BROWSER).isPresent()
        ? page
        : page.withCookie(cookies().set(Cookies.BROWSER, entropy.value()));
  }

  /// To the portal. A browser without our cookie, to which the way back is bound, gets it first.
  Response leave(Request request, Instant now) {
    return cookies().read(request, Cookies.BROWSER).isPresent()
        ? leave(request, Portal.Wishes.NONE, now)
        : show(request);
  }

  private Response leave(Request request, Portal.Wishes wishes, Instant now) {
    return door.leave(place(request), wishes, now)
        .map(Response::seeOther)
        .map(away -> away.withHeader("cache-control", "no-store"))
        .orElseGet(() -> notice(request, PortalNotice.UNREACHABLE));
  }

  /// Back from it.
  Response comeBack(Request request, Instant now) {
    return switch (door.comeBack(place(request), request.query(), 0, now)) {
      case PortalDoor.Outcome.Arrived arrived -> open(request, arrived, now);
      case PortalDoor.Outcome.TooLongAgo() -> leave(request, Portal.Wishes.ANEW, now);
      case PortalDoor.Outcome.Declined() -> notice(request, PortalNotice.DECLINED);
      case PortalDoor.Outcome.Problem(var notice) -> notice(request, notice);
    };
  }

  private Response open(Request request, PortalDoor.Outcome.Arrived arrived, Instant now) {
    var opened = door.open(arrived, now);
    cookies().read(request, Cookies.SESSION).ifPresent(before -> sessions.end(before, now));
    return Response.seeOther(identity.url("/apps"))
        .withCookie(cookies().set(Cookies.SESSION, opened.cookie()));
  }

  private PortalDoor.Place place(Request request) {
    var cookie = cookies().read(request, Cookies.BROWSER).orElse("");
    return new PortalDoor.Place("/apps/portal", Visit.PAGE, cookie);
  }

  private Response notice(Request request, PortalNotice notice) {
    var language = PageLanguage.of(request);
    return notice.page(language.language(), identity.url(language.at("/apps/sign-in")));
  }

  private Cookies cookies() {
    return Cookies.forIssuer(identity.issuer());
  }
}
