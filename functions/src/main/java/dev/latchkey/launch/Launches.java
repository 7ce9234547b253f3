package dev.latchkey.launch;

import dev.latchkey.client.ClientId;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Apps that an EHR opened and that have not asked for access yet (table `ephemeral`, `L#hash`).
/// Every method compares times itself: a store that deletes late must not matter.
public interface Launches {
  /// Keeps a new launch of one app.
  ///
  /// @param handle hash of the value that the app gets
  /// @param expiresAt seconds since the epoch
  void open(SecretHash handle, ClientId client, Launch launch, long expiresAt);

  /// The launch, while nobody used it, for that app alone, and only before it expires. Changes
  /// nothing.
  Optional<Launch> find(SecretHash handle, ClientId client, Instant now);

  /// The launch for exactly one caller: as [#find], and used from then on.
  ///
  /// @param requestId tells a repeated send of this very request from another request
  Optional<Launch> use(SecretHash handle, ClientId client, String requestId, Instant now);
}
