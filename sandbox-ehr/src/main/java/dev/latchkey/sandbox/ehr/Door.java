package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.BrowserSessions.SignedIn;
import dev.latchkey.account.PasswordCheck;
import dev.latchkey.account.SignInProblem;
import dev.latchkey.account.User;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Language;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Request;
import dev.latchkey.http.RequestOrigin;
import dev.latchkey.http.Response;
import dev.latchkey.sandbox.portal.PortalPages;
import dev.latchkey.wiring.Wiring;
import java.util.Optional;
import java.util.function.BiFunction;

/// Who comes to the EHR: people sign in and out, and only their own forms are taken from them.
final class Door {
  /// What the forms' tokens are about.
  private static final String PAGE = "ehr";

  private final Wiring wiring;
  private final BrowserSessions sessions;
  private final PasswordCheck passwords;
  private final Cookies cookies;

  Door(Wiring wiring) {
    this.wiring = wiring;
    this.sessions = wiring.browserSessions();
    this.passwords = new PasswordCheck(wiring.stores().users(), wiring.stores().throttle());
    this.cookies = wiring.cookies();
  }

  /// The form to sign in.
  Response signInForm(Request request) {
    return signInForm(request, 200, "", "");
  }

  /// Signs in, as at the authorization server: under a new session id.
  Response signIn(Request request) {
    var form = request.form();
    var browser = cookies.read(request, Cookies.BROWSER).orElse("");
    if (browser.isEmpty() || isForeign(request, form, browser)) {
      return EhrPages.foreignForm();
    }
    var username = form.get("username").orElse("");
    return switch (passwords.check(
        username, form.get("password").orElse(""), wiring.clock().instant())) {
      case PasswordCheck.Outcome.Right(var user) -> begin(request, user);
      case PasswordCheck.Outcome.Wrong() -> again(request, username, SignInProblem.WRONG);
      case PasswordCheck.Outcome.TooMany(var retryAt) ->
          again(request, username, SignInProblem.tooMany(retryAt, wiring.clock().instant()));
    };
  }

  Response signOut(Request request) {
    var user = signedIn(request);
    if (user.isEmpty()) {
      return home();
    }
    if (isForeign(request, request.form(), user.get().cookie())) {
      return EhrPages.foreignForm();
    }
    sessions.end(user.get().cookie(), wiring.clock().instant());
    return home().withCookie(cookies.clear(Cookies.SESSION));
  }

  /// What a form does for whoever is signed in.
  Response form(Request request, BiFunction<SignedIn, Parameters, Response> action) {
    var signedIn = signedIn(request);
    if (signedIn.isEmpty()) {
      return home();
    }
    var form = request.form();
    return isForeign(request, form, signedIn.get().cookie())
        ? EhrPages.foreignForm()
        : action.apply(signedIn.get(), form);
  }

  /// The token of the forms that this person is shown.
  static String csrf(SignedIn signedIn) {
    return CsrfToken.of(signedIn.cookie(), PAGE);
  }

  Optional<SignedIn> signedIn(Request request) {
    var now = wiring.clock().instant();
    return cookies
        .read(request, Cookies.SESSION)
        .flatMap(cookie -> sessions.live(cookie, now))
        .filter(user -> sessions.touch(user.session().handle(), user.session().endsAt(), now));
  }

  private boolean isForeign(Request request, Parameters form, String cookie) {
    return form.problem().isPresent()
        || RequestOrigin.isForeign(request, wiring.identity().issuer())
        || !CsrfToken.matches(form.get("csrf").orElse(""), cookie, PAGE);
  }

  private Response begin(Request request, User user) {
    var now = wiring.clock().instant();
    var opened = sessions.open(user, now);
    cookies.read(request, Cookies.SESSION).ifPresent(before -> sessions.end(before, now));
    return home().withCookie(cookies.set(Cookies.SESSION, opened.cookie()));
  }

  Response home() {
    return Response.seeOther(wiring.identity().url(Ehr.PATH));
  }

  private Response again(Request request, String username, SignInProblem problem) {
    return problem.on(
        signInForm(request, problem.status(), username, problem.text().in(Language.ENGLISH)));
  }

  private Response signInForm(Request request, int status, String username, String problem) {
    var known = cookies.read(request, Cookies.BROWSER);
    var browser = known.orElseGet(wiring.entropy()::value);
    var page =
        PortalPages.page(
            status,
            "ehrSignIn.jte",
            new SignInForm(
                CsrfToken.of(browser, PAGE),
                PlainText.line(username, PasswordCheck.LONGEST_USERNAME),
                problem));
    return known.isPresent() ? page : page.withCookie(cookies.set(Cookies.BROWSER, browser));
  }
}
