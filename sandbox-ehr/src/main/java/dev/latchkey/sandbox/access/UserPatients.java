package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.account.UserDirectory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Whose records a user may see at this moment, by the directory that also decides which patients
/// they may choose from when an app asks.
///
/// The token does not say it: the list can be long, and it changes while a token lives.
final class UserPatients {
  private final UserDirectory users;
  private final Recent<String, Set<String>> recent;

  /// @param keep how long an answer may be reused, see [FamilyStates]
  UserPatients(UserDirectory users, Duration keep, InstantSource clock) {
    this.users = users;
    this.recent = new Recent<>(keep, clock);
  }

  /// Bare ids; none for a user who is not there any more.
  ///
  /// @throws StateUnavailable when the directory does not answer
  Set<String> of(String subject) {
    return recent.get(subject, this::read).orElseGet(Set::of);
  }

  private Optional<Set<String>> read(String subject) {
    try {
      return users
          .ofSubject(subject)
          .map(
              user -> user.patients().stream().map(PatientAccess::id).collect(toUnmodifiableSet()));
    } catch (RuntimeException outage) {
      throw new StateUnavailable(outage);
    }
  }
}
