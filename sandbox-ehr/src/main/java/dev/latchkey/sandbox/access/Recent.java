package dev.latchkey.sandbox.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Answers of a store that may be reused for a moment. Only what was found is kept: what is not
/// there costs the caller a lookup each time.
final class Recent<K, V> {
  private static final int CAPACITY = 10_000;

  private final Duration keep;
  private final InstantSource clock;
  private final Map<K, Entry<V>> cache = new LinkedHashMap<>();

  private record Entry<V>(V value, long readAt) {}

  /// @param keep how long an answer may be reused; zero asks each time
  Recent(Duration keep, InstantSource clock) {
    this.keep = keep;
    this.clock = clock;
  }

  /// The kept answer, or else that of the store.
  Optional<V> get(K key, Function<K, Optional<V>> store) {
    if (keep.isZero()) {
      return store.apply(key);
    }
    var now = clock.millis();
    var kept = find(key, now);
    if (kept.isPresent()) {
      return kept;
    }
    var found = store.apply(key);
    found.ifPresent(value -> keep(key, value, now));
    return found;
  }

  /// The kept answer, if there is one.
  Optional<V> find(K key) {
    return find(key, clock.millis());
  }

  private Optional<V> find(K key, long now) {
    synchronized (cache) {
      var entry = cache.get(key);
      return entry != null && now >= entry.readAt && now - entry.readAt < keep.toMillis()
          ? Optional.of(entry.value)
          : Optional.empty();
    }
  }

  /// Keeps an answer from now on.
  void keep(K key, V value) {
    keep(key, value, clock.millis());
  }

  private void keep(K key, V value, long now) {
    synchronized (cache) {
      cache.remove(key);
      cache.put(key, new Entry<>(value, now));
      if (cache.size() > CAPACITY) {
        var oldest = cache.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
  }
}
