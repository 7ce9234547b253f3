package dev.latchkey.family;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The token keys at one moment, and what each is for. Any number of them is alive at once: one
/// makes new tokens, the others still read theirs.
///
/// @param keys by id
public record TokenKeySchedule(List<WrappedTokenKey> keys) {
  private static final int FIRST_ID = 1;

  private static final Comparator<WrappedTokenKey> NEWEST_LAST =
      Comparator.comparingLong(WrappedTokenKey::usableFrom).thenComparingInt(WrappedTokenKey::id);

  /// The life of a token key.
  public enum State {
    /// Reads tokens, and will make them.
    NEXT,
    /// Makes new tokens.
    CURRENT,
    /// Reads the tokens that it made.
    USABLE,
    /// Does nothing any more; its tokens are garbage.
    RETIRED
  }

  public TokenKeySchedule {
    keys = keys.stream().sorted(Comparator.comparingInt(WrappedTokenKey::id)).toList();
  }

  /// The key that new tokens are made with: the newest of those that are usable.
  ///
  /// @param now seconds since the epoch
  public Optional<WrappedTokenKey> current(long now) {
    return keys.stream().filter(key -> key.isUsable(now)).max(NEWEST_LAST);
  }

  /// A key that reads tokens; empty for an id that never was or is retired.
  public Optional<WrappedTokenKey> find(int id) {
    return alive().filter(key -> key.id() == id).findFirst();
  }

  /// The keys that are not retired, by id.
  public Stream<WrappedTokenKey> alive() {
    return keys.stream().filter(key -> !key.isRetired());
  }

  /// What a key of this schedule is for.
  ///
  /// @param now seconds since the epoch
  public State state(WrappedTokenKey key, long now) {
    if (key.isRetired()) {
      return State.RETIRED;
    }
    if (!key.isUsable(now)) {
      return State.NEXT;
    }
    return current(now).filter(current -> current.id() == key.id()).isPresent()
        ? State.CURRENT
        : State.USABLE;
  }

  /// Whether an id is left for another key.
  public boolean hasRoom() {
    return highestId() < WrappedTokenKey.HIGHEST_ID;
  }

  /// The id of the next key. No id comes back, or a token of a retired key could be read again.
  ///
  /// @throws IllegalStateException when there is none left
  public int nextId() {
    if (!hasRoom()) {
      throw new IllegalStateException(
          "There is no id left for a token key: all up to %d were given out"
              .formatted(WrappedTokenKey.HIGHEST_ID));
    }
    return highestId() + 1;
  }

  public TokenKeySchedule with(WrappedTokenKey key) {
    return new TokenKeySchedule(Stream.concat(keys.stream(), Stream.of(key)).toList());
  }

  private int highestId() {
    return keys.isEmpty() ? FIRST_ID - 1 : keys.getLast().id();
  }
}
