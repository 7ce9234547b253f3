package dev.latchkey.account;

import dev.latchkey.http.PlainText;
import java.time.Instant;
import java.util.Optional;

/// Finds out who somebody is from user name and password, without telling guessers anything.
public record PasswordCheck(UserDirectory users, SignInThrottle throttle) {
  public static final int LONGEST_USERNAME = 100;
  public static final int LONGEST_PASSWORD = 200;

  /// How an attempt to sign in ended.
  public sealed interface Outcome {
    record Right(User user) implements Outcome {}

    /// No such user or not their password: one outcome, one text, one duration.
    record Wrong() implements Outcome {}

    /// Too many attempts on this account; nothing was looked at.
    record TooMany(Instant retryAt) implements Outcome {}
  }

  /// Counts the attempt before the password is looked at, so that guesses in parallel gain nothing.
  public Outcome check(String username, String password, Instant now) {
    if (username.length() > LONGEST_USERNAME || password.length() > LONGEST_PASSWORD) {
      return new Outcome.Wrong();
    }
    var account = PlainText.folded(username);
    var retryAt = throttle.attempt(account, now);
    return retryAt.isPresent()
        ? new Outcome.TooMany(retryAt.get())
        : compare(account, users.find(account), password);
  }

  private Outcome compare(String account, Optional<User> user, String password) {
    if (!Passwords.matches(password, user.map(User::passwordHash)) || user.isEmpty()) {
      return new Outcome.Wrong();
    }
    throttle.clear(account);
    return new Outcome.Right(user.get());
  }
}
