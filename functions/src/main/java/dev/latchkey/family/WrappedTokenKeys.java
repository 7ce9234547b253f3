package dev.latchkey.family;

import java.util.Optional;

/// Token keys as KMS wrapped them (table `registry`, `K#id`).
public interface WrappedTokenKeys {
  Optional<byte[]> find(int id);

  /// Keeps a wrapped key under an id that has none. Returns false, changing nothing, when it has
  /// one.
  boolean putIfAbsent(int id, byte[] wrapped);
}
