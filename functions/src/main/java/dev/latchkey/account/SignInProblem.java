package dev.latchkey.account;

import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Why a user name and password did not do, in words for the form.
///
/// @param status of the page that says so
/// @param retryAfter how long to wait before the next try; empty when it may be made at once
public record SignInProblem(int status, Phrase text, Optional<Duration> retryAfter) {
  public static final SignInProblem MISSING =
      new SignInProblem(
          400,
          new Phrase(
              "Type both your user name and your password.",
              "Escriba su nombre de usuario y su contraseña."),
          Optional.empty());
  public static final SignInProblem WRONG =
      new SignInProblem(
          403,
          new Phrase(
              "This user name or password is not right.",
              "El nombre de usuario o la contraseña no son correctos."),
          Optional.empty());

  /// Too many tries on one account.
  public static SignInProblem tooMany(Instant retryAt, Instant now) {
    var wait = Duration.ofSeconds(Math.max(1, Duration.between(now, retryAt).toSeconds()));
    return new SignInProblem(
        429,
        new Phrase(
            "There were too many tries with this user name. Wait %s, then try again."
                .formatted(DisplayTime.wait(wait, Language.ENGLISH)),
            "Hubo demasiados intentos con este nombre de usuario. Espere %s e inténtelo de nuevo."
                .formatted(DisplayTime.wait(wait, Language.SPANISH))),
        Optional.of(wait));
  }

  /// The page, with `Retry-After` where there is something to wait for.
  public Response on(Response page) {
    return retryAfter
        .map(wait -> page.withHeader("retry-after", Long.toString(wait.toSeconds())))
        .orElse(page);
  }
}
