package dev.latchkey.secret;

import java.util.Optional;

/// A random key of 32 bytes that every instance of a deployment knows, and that stands in no table
/// in the clear.
public interface SharedKey {
  /// The key. Made on first use.
  byte[] get();

  /// The key, if it was ever made.
  Optional<byte[]> find();
}
