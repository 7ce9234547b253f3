package dev.latchkey.apps;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.PasswordChange;
import dev.latchkey.account.PasswordCheck;
import dev.latchkey.account.SignInThrottle;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.family.FamilyId;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import dev.latchkey.http.RequestOrigin;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.PortalDoor;
import dev.latchkey.secret.Entropy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/// Everything at `/apps`: which apps hold a key of the user, and the forms that take keys back.
public final class Apps {

  private static final int LONGEST_BODY = 16 * 1024;
  private static final Pattern FAMILY = Pattern.compile("[A-Za-z0-9_-]{22}");

  private final BrowserSessions sessions;
  private final AppList list;
  private final FrontDoor door;
  private final PasswordForm password;
  private final Optional<AtThePortal> portal;
  private final ServerIdentity identity;
  private final InstantSource clock;

  private Apps(
      BrowserSessions sessions,
      AppList list,
      FrontDoor door,
      PasswordForm password,
      Optional<AtThePortal> portal,
      ServerIdentity identity,
      InstantSource clock) {
    this.sessions = sessions;
    this.list = list;
    this.door = door;
    this.password = password;
    this.portal = portal;
    this.identity = identity;
    this.clock = clock;
  }

  /// The page over these stores.
  ///
  /// @param portal where people sign in; empty for the form of this page
  public static Apps over(
      BrowserSessions sessions,
      SignInThrottle throttle,
      ClientRegistry clients,
      Optional<PortalDoor> portal,
      ServerIdentity identity,
      InstantSource clock,
      Entropy entropy) {
    var passwords = new PasswordCheck(sessions.users(), throttle);
    var door = new FrontDoor(passwords, sessions, identity, entropy);
    var change = new PasswordChange(sessions.users(), sessions.withdrawal(), clock);
    return new Apps(
        sessions,
        new AppList(sessions.standing(), clients),
        door,
        new PasswordForm(passwords, change, door, entropy),
        portal.map(way -> new AtThePortal(way, sessions, identity, entropy)),
        identity,
        clock);
  }

  /// Answers a request for `/apps` or `/apps/{name}`.
  ///
  /// @param name empty for the page itself
  public Response answer(Request request, String name) {
    var refusals = new Refusals(PageLanguage.of(request).language());
    if (!name.isEmpty() && Action.of(name).isEmpty()) {
      return refusals.noSuchPage();
    }
    return switch (request.method()) {
      case "GET" -> show(request, Action.of(name), refusals);
      case "POST" ->
          Action.of(name)
              .map(action -> submit(request, action, refusals))
              .orElseGet(refusals::wrongMethod);
      default -> refusals.wrongMethod();
    };
  }

  /// A form has no page of its own but the one for a new password: whoever comes to its address
  /// without sending it is led to the list.
  private Response show(Request request, Optional<Action> action, Refusals refusals) {
    var problem = request.query().problem();
    if (problem.isPresent()) {
      return refusals.unreadable(problem.get());
    }
    var visit = visit(request, request.query());
    if (action.isPresent()) {
      return visit.isPresent()
          ? visit
              .filter(signedIn -> action.get() == Action.PASSWORD && signedIn.user().hasPassword())
              .map(password::show)
              .orElseGet(() -> toTheList(request))
          : showToNobody(request, action.get());
    }
    return visit
        .map(signedIn -> Pages.page(200, "apps.jte", list.page(signedIn)))
        .orElseGet(
            () ->
                door.ended(request)
                    .or(() -> portal.map(way -> way.show(request)))
                    .orElseGet(() -> door.show(request)));
  }

  private Response showToNobody(Request request, Action action) {
    var answer =
        switch (action) {
          case SIGN_IN -> portal.map(way -> way.leave(request, clock.instant()));
          case PORTAL -> portal.map(way -> way.comeBack(request, clock.instant()));
          default -> Optional.<Response>empty();
        };
    return answer.orElseGet(() -> toTheList(request));
  }

  /// Looked at in this order: what costs nothing first, the store last.
  private Response submit(Request request, Action action, Refusals refusals) {
    if (request.body().length > LONGEST_BODY) {
      return refusals.tooLarge();
    }
    var form = request.form();
    if (form.problem().isPresent()) {
      return refusals.unreadable(form.problem().get());
    }
    if (RequestOrigin.isForeign(request, identity.issuer())) {
      return refusals.foreignForm();
    }
    if (action == Action.SIGN_IN && portal.isEmpty()) {
      return door.signIn(request, form, clock.instant());
    }
    var cookie = session(request);
    var token = form.get("csrf").orElse("");
    if (cookie.isPresent() && !CsrfToken.matches(token, cookie.get(), Visit.PAGE)) {
      return refusals.foreignForm();
    }
    return visit(request, form)
        .map(visit -> act(action, visit))
        .orElseGet(() -> toTheList(request));
  }

  private Response act(Action action, Visit visit) {
    return switch (action) {
      case TAKE_BACK ->
          family(visit)
              .flatMap(id -> sessions.withdrawal().ofGrant(visit.subject(), id, visit.seconds()))
              .map(app -> back(visit, Notice.Done.KEY, app))
              .orElseGet(visit.refusals()::noSuchKey);
      case TAKE_BACK_APP ->
          family(visit)
              .flatMap(id -> sessions.withdrawal().ofApp(visit.subject(), id, visit.seconds()))
              .map(app -> back(visit, Notice.Done.APP, app))
              .orElseGet(visit.refusals()::noSuchKey);
      case TAKE_BACK_EVERYTHING -> {
        sessions.withdrawal().ofEverything(visit.subject(), visit.seconds());
        yield door.leave(visit, Notice.Done.EVERYTHING);
      }
      case PASSWORD -> visit.user().hasPassword() ? password.submit(visit) : toTheList(visit);
      case SIGN_OUT -> door.leave(visit, Notice.Done.SIGNED_OUT);
      case SIGN_IN, PORTAL -> toTheList(visit);
    };
  }

  private static Optional<FamilyId> family(Visit visit) {
    return visit
        .parameters()
        .get("key")
        .filter(key -> FAMILY.matcher(key).matches())
        .map(FamilyId::new);
  }

  /// To the page of the list that the form stood on.
  private Response back(Visit visit, Notice.Done done, ClientId app) {
    var place =
        visit
            .parameters()
            .get("after")
            .flatMap(PageCursor::read)
            .map(cursor -> "after=" + PageCursor.write(cursor) + "&")
            .orElse("");
    var notice = new Notice(done, app.value()).query(visit.cookie());
    return Response.seeOther(identity.url(visit.language().at("/apps?" + place + notice)));
  }

  private Response toTheList(Visit visit) {
    return Response.seeOther(identity.url(visit.language().at("/apps")));
  }

  private Response toTheList(Request request) {
    return Response.seeOther(identity.url(PageLanguage.of(request).at("/apps")));
  }

  private Optional<Visit> visit(Request request, Parameters parameters) {
    var now = clock.instant();
    return session(request)
        .flatMap(cookie -> sessions.live(cookie, now))
        .filter(found -> sessions.touch(found.session().handle(), found.session().endsAt(), now))
        .map(found -> new Visit(found, parameters, PageLanguage.of(request), now));
  }

  private Optional<String> session(Request request) {
    return Cookies.forIssuer(identity.issuer()).read(request, Cookies.SESSION);
  }
}
