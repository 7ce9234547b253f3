package dev.latchkey.events;

import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.family.WrappedTokenKeys;
import java.util.List;

/// One token key that was there from the start.
///
/// @param wrapped what a store would keep of it
record AlreadyWrapped(byte[] wrapped) implements WrappedTokenKeys {
  @Override
  public List<WrappedTokenKey> all() {
    return List.of(WrappedTokenKey.of(1, wrapped, 0));
  }

  @Override
  public boolean putIfAbsent(WrappedTokenKey key) {
    return false;
  }

  @Override
  public boolean retire(int id, long at) {
    return false;
  }
}
