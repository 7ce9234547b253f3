package dev.latchkey.interaction;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.PasswordCheck;
import dev.latchkey.account.SignInProblem;
import dev.latchkey.account.User;
import dev.latchkey.authorize.SignInWishes;
import dev.latchkey.authorize.SignedInUser;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.http.Cookies;
import dev.latchkey.http.Pages;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;

/// Sign-in, or its omission for a browser that is signed in already, recently enough for the app.
///
/// A browser that signs in gets a new session id, and the transaction moves to it: what somebody
/// planted before is worth nothing afterwards (RFC 6819 section 4.4.1.10).
record SignInStep(
    PasswordCheck passwords,
    BrowserSessions sessions,
    Transactions transactions,
    ServerIdentity identity)
    implements InteractionStep {

  @Override
  public Response show(Visit visit) {
    if (visit.user().isPresent()) {
      return goOn(visit, NextStep.of(visit));
    }
    return visit
        .session()
        .flatMap(cookie -> sessions.live(cookie, visit.now()))
        .filter(
            found ->
                wishes(visit).accept(found.user().subject(), found.session().authenticatedAt()))
        .map(signedIn -> join(visit, signedIn))
        .orElseGet(
            () -> {
              var hint = wishes(visit).loginHint();
              return page(visit, 200, hint == null ? "" : hint, "");
            });
  }

  @Override
  public Response submit(Visit visit) {
    if (visit.user().isPresent()) {
      return goOn(visit, NextStep.of(visit));
    }
    var username = visit.form().get("username").orElse("");
    var password = visit.form().get("password").orElse("");
    if (username.isBlank() || password.isEmpty()) {
      return page(visit, username, SignInProblem.MISSING);
    }
    return switch (passwords.check(username, password, visit.now())) {
      case PasswordCheck.Outcome.Right(var user) when isForSomebodyElse(visit, user) ->
          visit.refusals().openedBySomebodyElse();
      case PasswordCheck.Outcome.Right(var user) when !wishes(visit).isFor(user.subject()) ->
          visit.refusals().somebodyElseExpected();
      case PasswordCheck.Outcome.Right(var user) -> signIn(visit, user);
      case PasswordCheck.Outcome.Wrong() -> page(visit, username, SignInProblem.WRONG);
      case PasswordCheck.Outcome.TooMany(var retryAt) ->
          page(visit, username, SignInProblem.tooMany(retryAt, visit.now()));
    };
  }

  private static SignInWishes wishes(Visit visit) {
    return visit.transaction().request().wishes();
  }

  private Response signIn(Visit visit, User user) {
    var opened = sessions.open(user, visit.now());
    var bound = bound(visit, opened);
    if (!transactions.update(bound, visit.browser(), visit.now())) {
      sessions.end(opened.cookie(), visit.now());
      return visit.refusals().ended();
    }
    visit.session().ifPresent(before -> sessions.end(before, visit.now()));
    return goOn(visit, NextStep.of(bound, Optional.of(user)))
        .withCookie(Cookies.forIssuer(identity.issuer()).set(Cookies.SESSION, opened.cookie()));
  }

  private Response join(Visit visit, BrowserSessions.SignedIn signedIn) {
    if (isForSomebodyElse(visit, signedIn.user())) {
      return visit.refusals().openedBySomebodyElse();
    }
    var bound = bound(visit, signedIn);
    return transactions.update(bound, visit.browser(), visit.now())
        ? goOn(visit, NextStep.of(bound, Optional.of(signedIn.user())))
        : visit.refusals().ended();
  }

  /// Whether an EHR opened the app in the hands of another user, whose context this one must not
  /// get (SMART 2.2, `launch`; threat T63).
  private static boolean isForSomebodyElse(Visit visit, User user) {
    return visit
        .transaction()
        .ehrLaunch()
        .filter(launch -> !launch.subject().equals(user.subject()))
        .isPresent();
  }

  private static Transaction bound(Visit visit, BrowserSessions.SignedIn signedIn) {
    var bound =
        visit.transaction().signedInAs(forTransaction(signedIn), SecretHash.of(signedIn.cookie()));
    return NextStep.withOnlyPatient(bound, signedIn.user());
  }

  private static SignedInUser forTransaction(BrowserSessions.SignedIn signedIn) {
    var session = signedIn.session();
    return new SignedInUser(
        signedIn.user().username(),
        signedIn.user().subject(),
        session.authenticatedAt(),
        session.endsAt());
  }

  private Response goOn(Visit visit, Step step) {
    return Response.seeOther(step.url(identity, visit.id()));
  }

  private Response page(Visit visit, String username, SignInProblem problem) {
    return problem.on(page(visit, problem.status(), username, problem.text().in(visit.language())));
  }

  private Response page(Visit visit, int status, String username, String problem) {
    var page =
        new SignInPage(
            visit.language(),
            visit.id().value(),
            visit.csrf(),
            PlainText.name(visit.client().name()),
            PlainText.line(username, PasswordCheck.LONGEST_USERNAME),
            !identity.issuer().startsWith("https://"),
            problem);
    return Pages.page(status, "signIn.jte", page, AppDescription.of(visit).formTarget());
  }
}
