package dev.latchkey.authorize;

import dev.latchkey.client.ClientId;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Pushed authorization requests (table `ephemeral`, `P#hash`).
public interface PushedRequests {
  /// Keeps a new unused request.
  ///
  /// @param handle hash of its [RequestUri]
  void keep(SecretHash handle, PushedRequest request);

  /// Uses the request: one conditional write that only one caller can win. Empty, with nothing
  /// changed, when it was never pushed, is of another client, expired, or was used by another
  /// request.
  ///
  /// @param requestId tells a repeated send of this very request from another request
  Optional<PushedRequest> use(SecretHash handle, ClientId client, String requestId, Instant now);
}
