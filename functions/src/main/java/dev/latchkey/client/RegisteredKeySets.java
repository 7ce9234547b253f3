package dev.latchkey.client;

import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import java.time.InstantSource;
import java.util.List;

/// Key sets from registrations, and from the addresses in registrations.
public final class RegisteredKeySets implements KeySets {
  private final PublishedKeySets published;
  private final OperatorEvents events;

  public RegisteredKeySets(KeySetSource source, OperatorEvents events, InstantSource clock) {
    this.published = new PublishedKeySets(source, clock);
    this.events = events;
  }

  @Override
  public Found find(Client client, String kid) {
    var keys = client.credentials().keys();
    var uri = keys.jwksUri();
    if (uri != null) {
      return published.find(uri, kid, () -> events.report(blocked(client)));
    }
    var jwks = keys.jwks();
    return jwks == null
        ? new Found.Keys(List.of())
        : PublishedKeySets.parsed(jwks)
            .map(set -> PublishedKeySets.keysOf(set, kid))
            .orElseGet(() -> new Found.Unreadable());
  }

  private static OperatorEvent blocked(Client client) {
    return new OperatorEvent(OperatorEvent.Kind.KEY_SET_BLOCKED, client.id().value(), "", -1);
  }
}
