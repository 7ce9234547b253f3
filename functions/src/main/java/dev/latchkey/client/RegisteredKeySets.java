package dev.latchkey.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.policy.KeySetPolicy;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Key sets from registrations, and from the addresses in registrations.
///
/// What was read is kept for as long as the client allows and no longer than an hour (SMART 2.2:
/// never longer than its `Cache-Control`). A `kid` that is not in it is looked for once a minute,
/// so that a client can change keys, and nobody can make this server ask again and again. A key set
/// that could not be read is not asked for again for some seconds either.
public final class RegisteredKeySets implements KeySets {
  private static final int CAPACITY = 1_000;

  private final KeySetSource source;
  private final OperatorEvents events;
  private final InstantSource clock;
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  public RegisteredKeySets(KeySetSource source, OperatorEvents events, InstantSource clock) {
    this.source = source;
    this.events = events;
    this.clock = clock;
  }

  /// @param keys null when they could not be read
  private record Kept(@Nullable JWKSet keys, long readAt, Duration life) {
    Found found(String kid) {
      return keys == null ? new Found.Unreadable() : keysOf(keys, kid);
    }
  }

  @Override
  public Found find(Client client, String kid) {
    var keys = client.credentials().keys();
    var uri = keys.jwksUri();
    if (uri != null) {
      return remote(client, uri, kid);
    }
    var jwks = keys.jwks();
    return jwks == null ? new Found.Keys(List.of()) : keysOf(parsed(jwks).orElseThrow(), kid);
  }

  private Found remote(Client client, String uri, String kid) {
    var now = clock.millis();
    var known = known(uri);
    if (known.isPresent() && isFresh(known.get(), now)) {
      var found = known.get().found(kid);
      var isMissing = found instanceof Found.Keys(var keys) && keys.isEmpty();
      if (!isMissing || now - known.get().readAt() < KeySetPolicy.UNKNOWN_KID.toMillis()) {
        return found;
      }
    }
    var read = read(client, uri, now);
    keep(uri, read);
    return read.found(kid);
  }

  private static boolean isFresh(Kept known, long now) {
    var age = now - known.readAt();
    return age >= 0 && age < known.life().toMillis();
  }

  private Kept read(Client client, String uri, long now) {
    return switch (source.read(uri)) {
      case KeySetSource.Answer.KeySet(var jwks, var maxAge) ->
          new Kept(parsed(jwks).orElse(null), now, KeySetPolicy.life(maxAge));
      case KeySetSource.Answer.Blocked() -> {
        events.report(
            new OperatorEvent(OperatorEvent.Kind.KEY_SET_BLOCKED, client.id().value(), "", -1));
        yield new Kept(null, now, KeySetPolicy.AFTER_FAILURE);
      }
      case KeySetSource.Answer.Failed() -> new Kept(null, now, KeySetPolicy.AFTER_FAILURE);
    };
  }

  private synchronized Optional<Kept> known(String uri) {
    return Optional.ofNullable(kept.get(uri));
  }

  private synchronized void keep(String uri, Kept read) {
    kept.remove(uri);
    kept.put(uri, read);
    if (kept.size() > CAPACITY) {
      var oldest = kept.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private static Found keysOf(JWKSet keys, String kid) {
    return new Found.Keys(
        keys.getKeys().stream().filter((JWK key) -> kid.equals(key.getKeyID())).toList());
  }

  private static Optional<JWKSet> parsed(String jwks) {
    try {
      return Optional.of(JWKSet.parse(jwks));
    } catch (ParseException | IllegalArgumentException | IllegalStateException unreadable) {
      return Optional.empty();
    }
  }
}
