package dev.latchkey.authorize;

import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Pending authorizations (table `ephemeral`, `T#handle`). Each moves one way, from pending to
/// decided. Every method compares times itself: a store that deletes late must not matter.
public interface Transactions {
  /// Keeps a new pending transaction.
  void begin(Transaction transaction);

  /// The transaction, while it is pending and not expired.
  Optional<Transaction> find(SecretHash handle, Instant now);

  /// Replaces user, patient, encounter and browser of a transaction that is still pending and not
  /// expired and still belongs to `previousBrowser`. Returns false, changing nothing, when it is
  /// not.
  boolean update(Transaction changed, SecretHash previousBrowser, Instant now);

  /// Marks it as decided. Returns true for exactly one caller, and only before it expires.
  boolean decide(SecretHash handle, Instant now);
}
