package dev.latchkey.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.policy.KeySetPolicy;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Key sets that others publish at addresses of theirs.
///
/// What was read is kept for as long as its owner allows and no longer than an hour (SMART 2.2:
/// never longer than its `Cache-Control`). A `kid` that is not in it is looked for once a minute,
/// so that keys can be changed, and nobody can make this server ask again and again. A key set that
/// could not be read is not asked for again for some seconds either.
public final class PublishedKeySets {
  private static final int CAPACITY = 1_000;

  private final KeySetSource source;
  private final InstantSource clock;
  private final Map<String, KeptKeySet> kept = new LinkedHashMap<>();

  public PublishedKeySets(KeySetSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /// The keys under an id in the key set at an address.
  ///
  /// @param whenBlocked run when the address leads where no keys can be
  public KeySets.Found find(String uri, String kid, Runnable whenBlocked) {
    return kept(uri).find(kid, clock.millis(), () -> read(uri, whenBlocked));
  }

  private KeptKeySet.Read read(String uri, Runnable whenBlocked) {
    return switch (source.read(uri)) {
      case KeySetSource.Answer.KeySet(var jwks, var maxAge) ->
          parsed(jwks)
              .map(keys -> new KeptKeySet.Read(keys, KeySetPolicy.life(maxAge)))
              .orElse(KeptKeySet.Read.NOTHING);
      case KeySetSource.Answer.Blocked() -> {
        whenBlocked.run();
        yield KeptKeySet.Read.NOTHING;
      }
      case KeySetSource.Answer.Failed() -> KeptKeySet.Read.NOTHING;
    };
  }

  /// What was used last stays longest.
  private synchronized KeptKeySet kept(String uri) {
    var entry = kept.remove(uri);
    var used = entry == null ? new KeptKeySet() : entry;
    kept.put(uri, used);
    if (kept.size() > CAPACITY) {
      var oldest = kept.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return used;
  }

  static KeySets.Found keysOf(JWKSet keys, String kid) {
    return new KeySets.Found.Keys(
        keys.getKeys().stream().filter((JWK key) -> kid.equals(key.getKeyID())).toList());
  }

  static Optional<JWKSet> parsed(String jwks) {
    try {
      return Optional.of(JWKSet.parse(jwks));
    } catch (ParseException | IllegalArgumentException | IllegalStateException unreadable) {
      return Optional.empty();
    }
  }
}
