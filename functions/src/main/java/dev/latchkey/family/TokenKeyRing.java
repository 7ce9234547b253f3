package dev.latchkey.family;

/// The token keys as an operator sees and changes them. Other instances see a change within
/// [dev.latchkey.policy.TokenKeyPolicy#RING_AGE], this one at once.
public interface TokenKeyRing extends TokenKeys {
  /// The keys as they are now, from the store.
  TokenKeySchedule schedule();

  /// Makes and keeps another key, under an id that no key had before.
  ///
  /// @param usableFrom seconds since the epoch from which new tokens are made with it
  /// @throws IllegalStateException when there is no id left
  WrappedTokenKey add(long usableFrom);

  /// Retires a key: its tokens are garbage from now on. Twice is no error. Returns false when there
  /// is no such key.
  ///
  /// @param at seconds since the epoch
  boolean retire(int id, long at);
}
