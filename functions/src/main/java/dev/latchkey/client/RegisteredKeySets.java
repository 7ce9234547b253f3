package dev.latchkey.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.policy.KeySetPolicy;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final Map<String, KeptKeySet> kept = new LinkedHashMap<>();

  public RegisteredKeySets(KeySetSource source, OperatorEvents events, InstantSource clock) {
    this.source = source;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Found find(Client client, String kid) {
    var keys = client.credentials().keys();
    var uri = keys.jwksUri();
    if (uri != null) {
      return kept(uri).find(kid, clock.millis(), () -> read(client, uri));
    }
    var jwks = keys.jwks();
    return jwks == null
        ? new Found.Keys(List.of())
        : parsed(jwks).map(set -> keysOf(set, kid)).orElseGet(() -> new Found.Unreadable());
  }

  private KeptKeySet.Read read(Client client, String uri) {
    return switch (source.read(uri)) {
      case KeySetSource.Answer.KeySet(var jwks, var maxAge) ->
          parsed(jwks)
              .map(keys -> new KeptKeySet.Read(keys, KeySetPolicy.life(maxAge)))
              .orElse(KeptKeySet.Read.NOTHING);
      case KeySetSource.Answer.Blocked() -> {
        events.report(
            new OperatorEvent(OperatorEvent.Kind.KEY_SET_BLOCKED, client.id().value(), "", -1));
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

  static Found keysOf(JWKSet keys, String kid) {
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
