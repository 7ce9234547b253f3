package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.secret.SecretHash;
import java.util.Collection;
import java.util.Map;

/// Times before which everything of somebody was taken back, in one write however much it was
/// (table `families`, `N#holder`). They also catch what no index shows yet: a code that was issued
/// and not redeemed, a family of this second.
public interface Cutoffs {
  /// Whose grants are meant.
  sealed interface Of {
    /// Everything that a user ever allowed, and every session of theirs.
    record Subject(String subject) implements Of {}

    /// What a user allowed to one app.
    record App(String subject, ClientId client) implements Of {}

    /// What anybody allowed to an app.
    record Client(ClientId client) implements Of {}

    /// `online_access` that came from a browser session.
    record Session(SecretHash handle) implements Of {}

    /// One access token of a backend service.
    ///
    /// @param id its `jti`
    record Token(String id) implements Of {}
  }

  /// Takes back what there was until now. An earlier time than the one that stands changes nothing.
  ///
  /// @param at seconds since the epoch
  /// @param keepUntil seconds since the epoch after which a store may forget it
  void raise(Of of, long at, long keepUntil);

  /// The times that stand, in seconds since the epoch; nothing for those without one.
  Map<Of, Long> find(Collection<? extends Of> of);
}
