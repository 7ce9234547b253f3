package dev.latchkey.replay;

import dev.latchkey.secret.SecretHash;
import java.time.Instant;

/// Ids that may be used once, such as the `jti` of a client assertion (RFC 7523 section 3) or of a
/// DPoP proof (RFC 9449 section 11.1). Kept in table `ephemeral`, `J#hash`.
public interface UsedIdentifiers {
  /// Uses an id: one conditional write that only one caller can win. Returns true for the first
  /// use, and for a repeated send of that very request.
  ///
  /// @param identifier hash of what the id is of and the id itself, so that ids of different kinds
  ///   and issuers stay apart
  /// @param requestId tells a repeated send of this very request from another request
  /// @param keepUntil seconds since the epoch, when the id would be refused for its age anyway; an
  ///   id that is kept past this time is no longer in the way
  boolean use(SecretHash identifier, String requestId, long keepUntil, Instant now);
}
