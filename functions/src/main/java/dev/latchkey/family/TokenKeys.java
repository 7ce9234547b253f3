package dev.latchkey.family;

import java.util.Optional;

/// The token keys that are in use.
public interface TokenKeys {
  /// The key that new tokens are made with. Made on first use.
  TokenKey current();

  /// A key by the id that a token names; empty for one that never was or is retired.
  Optional<TokenKey> find(int id);
}
