package dev.latchkey.registration;

import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Initial access tokens (table `ephemeral`, `I#hash`: a restore from backup must not bring back a
/// used one, and partition `I` of table `registry` with nothing but their names). Every method
/// compares times itself.
public interface InitialAccessTokens {
  /// Keeps a new token.
  void issue(InitialAccessToken token);

  /// The token, while it has uses left and has not expired.
  Optional<InitialAccessToken> find(SecretHash hash, Instant now);

  /// All tokens that have uses left and have not expired, the one that ends first before the
  /// others.
  List<InitialAccessToken> list(Instant now);

  /// Uses a token once: one conditional write, so that no more apps come of it than it has uses.
  /// Returns false, changing nothing, when it has no use left, is expired or is not there; true
  /// also for a repeated send of that very request.
  ///
  /// @param requestId tells a repeated send of this very request from another request
  boolean use(SecretHash hash, String requestId, Instant now);

  /// Takes a token back. Taking back one that is not there is no error.
  void remove(SecretHash hash);
}
