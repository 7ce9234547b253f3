package dev.latchkey.account;

import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Browser sessions (table `ephemeral`, `S#handle`).
public interface Sessions {
  void open(Session session);

  /// The session while it is neither idle too long nor at its end.
  Optional<Session> find(SecretHash handle, Instant now);

  /// Moves the idle limit of a live session. Returns false, changing nothing, when it is not live.
  boolean touch(SecretHash handle, long idleExpiresAt, Instant now);

  /// Ends it. Ending one that is not there is no error.
  void end(SecretHash handle);
}
