package dev.latchkey.apps;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.PasswordCheck;
import dev.latchkey.account.SignInProblem;
import dev.latchkey.account.User;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.secret.Entropy;
import java.time.Instant;
import java.util.Optional;

/// For whoever is not signed in: the form to sign in, and what they see after everything ended.
///
/// A browser that signs in gets a new session id; what somebody planted before is worth nothing
/// afterwards (RFC 6819 section 4.4.1.10).
record FrontDoor(
    PasswordCheck passwords, BrowserSessions sessions, ServerIdentity identity, Entropy entropy) {

  /// The end of what was just ended, if something was.
  Optional<Response> ended(Request request) {
    return cookies()
        .read(request, Cookies.BROWSER)
        .flatMap(cookie -> Notice.read(request.query(), cookie))
        .map(
            notice ->
                Pages.page(
                    200, "appsEnded.jte", EndedPage.of(notice.done(), PageLanguage.of(request))));
  }

  /// The form.
  Response show(Request request) {
    var language = PageLanguage.of(request);
    var known = cookies().read(request, Cookies.BROWSER);
    var browser = known.orElseGet(entropy::value);
    var page = page(browser, language, 200, "", "");
    return known.isPresent() ? page : page.withCookie(cookies().set(Cookies.BROWSER, browser));
  }

  /// Signs in.
  Response signIn(Request request, Parameters form, Instant now) {
    var language = PageLanguage.of(request);
    var browser = cookies().read(request, Cookies.BROWSER).orElse("");
    if (browser.isEmpty() || !CsrfToken.matches(form.get("csrf").orElse(""), browser, Visit.PAGE)) {
      return new Refusals(language.language()).foreignForm();
    }
    var username = form.get("username").orElse("");
    var password = form.get("password").orElse("");
    if (username.isBlank() || password.isEmpty()) {
      return page(browser, language, username, SignInProblem.MISSING);
    }
    return switch (passwords.check(username, password, now)) {
      case PasswordCheck.Outcome.Right(var user) -> open(request, user, now);
      case PasswordCheck.Outcome.Wrong() -> page(browser, language, username, SignInProblem.WRONG);
      case PasswordCheck.Outcome.TooMany(var retryAt) ->
          page(browser, language, username, SignInProblem.tooMany(retryAt, now));
    };
  }

  private Response open(Request request, User user, Instant now) {
    var opened = sessions.open(user, now);
    cookies().read(request, Cookies.SESSION).ifPresent(before -> sessions.end(before, now));
    return Response.seeOther(identity.url(PageLanguage.of(request).at("/apps")))
        .withCookie(cookies().set(Cookies.SESSION, opened.cookie()));
  }

  /// Ends the session of a visit and leads to the page that says what ended.
  Response leave(Visit visit, Notice.Done done) {
    sessions.end(visit.cookie(), visit.now());
    var browser = entropy.value();
    var next = visit.language().at("/apps?" + new Notice(done, "").query(browser));
    return Response.seeOther(identity.url(next))
        .withCookie(cookies().set(Cookies.BROWSER, browser))
        .withCookie(cookies().clear(Cookies.SESSION));
  }

  private Response page(
      String browser, PageLanguage language, String username, SignInProblem problem) {
    return problem.on(
        page(browser, language, problem.status(), username, language.say(problem.text())));
  }

  private Response page(
      String browser, PageLanguage language, int status, String username, String problem) {
    var page =
        new AppsSignInPage(
            language,
            CsrfToken.of(browser, Visit.PAGE),
            PlainText.line(username, PasswordCheck.LONGEST_USERNAME),
            !identity.issuer().startsWith("https://"),
            problem);
    return Pages.page(status, "appsSignIn.jte", page);
  }

  private Cookies cookies() {
    return Cookies.forIssuer(identity.issuer());
  }
}
