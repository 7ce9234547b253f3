package dev.latchkey.apps;

import dev.latchkey.account.NewPassword;
import dev.latchkey.account.PasswordChange;
import dev.latchkey.account.PasswordCheck;
import dev.latchkey.account.Passwords;
import dev.latchkey.account.SignInProblem;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Response;
import dev.latchkey.secret.Entropy;
import java.util.Optional;

/// "Change your password". The current one is asked for again, and tried as often as at sign-in.
record PasswordForm(
    PasswordCheck passwords, PasswordChange change, FrontDoor door, Entropy entropy) {
  private static final SignInProblem WRONG =
      new SignInProblem(
          403,
          new Phrase("This is not your current password.", "Esta no es su contraseña actual."),
          Optional.empty());

  Response show(Visit visit) {
    return page(visit, 200, "");
  }

  Response submit(Visit visit) {
    var form = visit.parameters();
    var wanted =
        new NewPassword(
            form.get("current").orElse(""),
            form.get("password").orElse(""),
            form.get("repeated").orElse(""));
    var username = visit.user().username();
    var problem = wanted.problem(username);
    if (problem.isPresent()) {
      return page(visit, 400, visit.language().say(problem.get()));
    }
    return switch (passwords.check(username, wanted.current(), visit.now())) {
      case PasswordCheck.Outcome.Right(var user) -> {
        change.change(user, Passwords.hash(wanted.wanted(), entropy));
        yield door.leave(visit, Notice.Done.PASSWORD);
      }
      case PasswordCheck.Outcome.Wrong() -> page(visit, WRONG);
      case PasswordCheck.Outcome.TooMany(var retryAt) ->
          page(visit, SignInProblem.tooMany(retryAt, visit.now()));
    };
  }

  private static Response page(Visit visit, SignInProblem problem) {
    return problem.on(page(visit, problem.status(), visit.language().say(problem.text())));
  }

  private static Response page(Visit visit, int status, String problem) {
    var username = PlainText.line(visit.user().username(), PasswordCheck.LONGEST_USERNAME);
    return Pages.page(
        status,
        "password.jte",
        new PasswordPage(visit.language(), visit.csrf(), username, problem));
  }
}
