package dev.latchkey.family;

import java.util.List;

/// Where wrapped token keys are kept (table `registry`, partition `K`). No key is ever deleted: its
/// id must not come back.
public interface WrappedTokenKeys {
  /// Every key, retired ones too, by id; as it is, not as it was a moment ago.
  List<WrappedTokenKey> all();

  /// Keeps a key under an id that has none. Returns false, changing nothing, when another key has
  /// that id, and true when this very key was kept before: the first answer may have been lost.
  boolean putIfAbsent(WrappedTokenKey key);

  /// Retires a key, for good: a second time changes nothing. Returns false when there is no such
  /// key.
  ///
  /// @param at seconds since the epoch
  boolean retire(int id, long at);
}
