package dev.latchkey.client;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.client.KeySets.Found;
import dev.latchkey.policy.KeySetPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is known of the key set at one address. Of callers at the same time one asks, and the
/// others wait for what comes of it.
final class KeptKeySet {
  /// What came of asking.
  ///
  /// @param keys null when there was no key set to read
  /// @param life how long that is believed
  record Read(@Nullable JWKSet keys, Duration life) {
    static final Read NOTHING = new Read(null, KeySetPolicy.AFTER_FAILURE);
  }

  private @Nullable JWKSet keys;
  private long askedAt;
  private long until;

  /// The keys under an id, asking first when that is due.
  ///
  /// @param now milliseconds since the epoch
  synchronized Found find(String kid, long now, Supplier<Read> source) {
    if (!isFresh(now) || (isMissing(kid) && isLongAgo(now))) {
      keep(source.get(), now);
    }
    var known = keys;
    return known == null ? new Found.Unreadable() : PublishedKeySets.keysOf(known, kid);
  }

  /// Keys that may still be believed are not given up because their address fails for a moment:
  /// whoever asks for a `kid` of his invention could bring that about.
  private void keep(Read read, long now) {
    if (read.keys() != null || !isFresh(now)) {
      keys = read.keys();
      until = now + read.life().toMillis();
    }
    askedAt = now;
  }

  private boolean isFresh(long now) {
    return now >= askedAt && now < until;
  }

  private boolean isMissing(String kid) {
    var known = keys;
    return known != null && known.getKeys().stream().noneMatch(key -> kid.equals(key.getKeyID()));
  }

  private boolean isLongAgo(long now) {
    return now - askedAt >= KeySetPolicy.UNKNOWN_KID.toMillis();
  }
}
