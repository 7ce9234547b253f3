package dev.latchkey.account;

import java.util.Optional;

/// The users of the built-in sign-in page, and those who came from the organisation's portal (table
/// `registry`, `U#username`).
public interface UserDirectory {
  /// The user of that name. People type names of any length and content; one that nobody can have
  /// is simply not found.
  Optional<User> find(String username);

  /// The user with that `sub`, which no other user has.
  Optional<User> ofSubject(String subject);

  /// Adds the user, or replaces the one of that name as a whole.
  void put(User user);
}
