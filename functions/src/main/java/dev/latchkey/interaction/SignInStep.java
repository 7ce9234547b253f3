package dev.latchkey.interaction;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.account.PasswordCheck;
import dev.latchkey.account.SignInProblem;
import dev.latchkey.account.User;
import dev.latchkey.http.Pages;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;

/// Sign-in with user name and password, or its omission for a browser that is signed in already.
record SignInStep(
    PasswordCheck passwords, BrowserSessions sessions, Joining joining, ServerIdentity identity)
    implements InteractionStep {

  @Override
  public Response show(Visit visit) {
    return joining
        .asIs(visit)
        .orElseGet(
            () -> {
              var hint = Joining.wishes(visit).loginHint();
              return page(visit, 200, hint == null ? "" : hint, "");
            });
  }

  @Override
  public Response submit(Visit visit) {
    if (visit.user().isPresent()) {
      return show(visit);
    }
    var username = visit.form().get("username").orElse("");
    var password = visit.form().get("password").orElse("");
    if (username.isBlank() || password.isEmpty()) {
      return page(visit, username, SignInProblem.MISSING);
    }
    return switch (passwords.check(username, password, visit.now())) {
      case PasswordCheck.Outcome.Right(var user) ->
          joining.refusal(visit, user).orElseGet(() -> signIn(visit, user));
      case PasswordCheck.Outcome.Wrong() -> page(visit, username, SignInProblem.WRONG);
      case PasswordCheck.Outcome.TooMany(var retryAt) ->
          page(visit, username, SignInProblem.tooMany(retryAt, visit.now()));
    };
  }

  private Response signIn(Visit visit, User user) {
    return joining.signedIn(visit, sessions.open(user, visit.now()));
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
