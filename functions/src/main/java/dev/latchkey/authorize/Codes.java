package dev.latchkey.authorize;

import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Authorization codes (table `ephemeral`, `C#hash`).
public interface Codes {
  /// How an attempt to use a code ended.
  enum Redemption {
    /// This call used it, now or in an earlier attempt with the same request id.
    REDEEMED,
    /// Another call used it before, whether or not it has expired since (RFC 6749 section 4.1.2:
    /// revoke what came of it).
    REPLAYED,
    /// Never issued, expired, or cleaned away.
    UNKNOWN
  }

  /// Keeps a new unused code.
  void issue(SecretHash code, CodeBinding binding);

  /// What the code is bound to, used or not, expired or not, as long as it is kept. Changes
  /// nothing.
  Optional<CodeBinding> find(SecretHash code);

  /// Uses the code: one conditional write that only one caller can win.
  ///
  /// @param requestId tells a repeated send of this very request from another request
  Redemption redeem(SecretHash code, String requestId, Instant now);
}
