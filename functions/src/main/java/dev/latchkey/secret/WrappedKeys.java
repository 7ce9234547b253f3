package dev.latchkey.secret;

import java.util.Optional;

/// Where a [SharedKey] is kept, wrapped, one for each use (table `registry`, `W#use`). None is ever
/// replaced or deleted: what was made with it would be lost.
public interface WrappedKeys {
  /// The wrapped key for a use, as it is and not as it was a moment ago.
  Optional<byte[]> find(String use);

  /// Keeps a wrapped key for a use that has none. Returns the one that is kept now: this one, or
  /// the one that came first.
  byte[] keepFirst(String use, byte[] wrapped);
}
