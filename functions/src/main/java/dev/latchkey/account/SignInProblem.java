package dev.latchkey.account;

import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Why a user name and password did not do, in words for the form.
///
/// @param status of the page that says so
/// @param retryAfter how long to wait before the next try; empty when it may be made at once
public record SignInProblem(int status, String text, Optional<Duration> retryAfter) {
  public static final SignInProblem MISSING =
      new SignInProblem(400, "Type both your user name and your password.", Optional.empty());
  public static final SignInProblem WRONG =
      new SignInProblem(403, "This user name or password is not right.", Optional.empty());

  /// Too many tries on one account.
  public static SignInProblem tooMany(Instant retryAt, Instant now) {
    var wait = Duration.ofSeconds(Math.max(1, Duration.between(now, retryAt).toSeconds()));
    return new SignInProblem(
        429,
        "There were too many tries with this user name. Wait %s, then try again."
            .formatted(DisplayTime.wait(wait)),
        Optional.of(wait));
  }

  /// The page, with `Retry-After` where there is something to wait for.
  public Response on(Response page) {
    return retryAfter
        .map(wait -> page.withHeader("retry-after", Long.toString(wait.toSeconds())))
        .orElse(page);
  }
}
