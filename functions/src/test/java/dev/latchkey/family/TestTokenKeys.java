package dev.latchkey.family;

import java.util.Arrays;
import java.util.Optional;

/// A token key for each id, the same in every run.
class TestTokenKeys implements TokenKeys {
  static final int CURRENT = 1;

  @Override
  public TokenKey current() {
    return key(CURRENT);
  }

  @Override
  public Optional<TokenKey> find(int id) {
    return Optional.of(key(id));
  }

  static TokenKey key(int id) {
    var bytes = new byte[TokenKey.BYTES];
    Arrays.fill(bytes, (byte) id);
    return TokenKey.of(id, bytes);
  }
}
