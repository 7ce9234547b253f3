package dev.latchkey.account;

import java.time.Instant;
import java.util.Optional;

/// Counts sign-in attempts per account (table `ephemeral`, `N#account`), so that guessing a
/// password stays slow. Known and unknown accounts are counted alike, so that the answer names
/// neither.
public interface SignInThrottle {
  /// Counts one attempt before the password is looked at. Returns empty when it may go ahead, or
  /// the time from which the next attempt is allowed. Attempts in parallel are counted one by one:
  /// of two that race for the last free attempt only one goes ahead. A refused attempt is not
  /// counted, so that nobody can lock an account for longer by asking more often.
  ///
  /// @param account whatever was typed as the user name, of any length
  Optional<Instant> attempt(String account, Instant now);

  /// Forgets the attempts after a right password.
  void clear(String account);
}
