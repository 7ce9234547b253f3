package dev.latchkey.portal.page;

import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Browsers that are at the sign-in page of the team's own (table `ephemeral`, `H#hash`): open,
/// then finished by the page, then taken by the browser that comes back. Every method compares
/// times itself: a store that deletes late must not matter.
public interface SignInHandles {
  /// Keeps a new one.
  ///
  /// @param handle hash of the value that the page gets
  void open(SecretHash handle, SignInHandle opened);

  /// What was opened, while the page did not finish it, and only before its end. Changes nothing.
  Optional<SignInHandle> find(SecretHash handle, Instant now);

  /// Keeps how the sign-in ended: one conditional write that only one caller can win. True also for
  /// a repeated send of that very request, which has the same code.
  ///
  /// @param code hash of what the browser has to bring
  /// @param result for [#take]
  /// @param endsAt until when it can be taken, seconds since the epoch
  boolean finish(SecretHash handle, SecretHash code, String result, long endsAt, Instant now);

  /// How the sign-in ended, for exactly one caller, which brings the code, before its end.
  ///
  /// @param requestId tells a repeated send of this very request from another request
  Optional<String> take(SecretHash handle, SecretHash code, String requestId, Instant now);
}
