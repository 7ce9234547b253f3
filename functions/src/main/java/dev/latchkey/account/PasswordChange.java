package dev.latchkey.account;

import dev.latchkey.family.Withdrawal;
import java.time.InstantSource;

/// Gives somebody a new password, and ends every session and every grant of theirs: whoever knew
/// the old one may have used it to let an app in.
public record PasswordChange(UserDirectory users, Withdrawal withdrawal, InstantSource clock) {
  /// Changes the password. Ending comes first, so that a failure on the way leaves nobody signed
  /// in; it is repeated for whoever signed in with the old password meanwhile.
  ///
  /// @param user as they were when the current password was checked
  /// @param passwordHash of the new password, from [Passwords#hash]
  public void change(User user, String passwordHash) {
    end(user);
    users.put(user.withPasswordHash(passwordHash));
    end(user);
  }

  private void end(User user) {
    withdrawal.ofEverything(user.subject(), clock.instant().getEpochSecond());
  }
}
