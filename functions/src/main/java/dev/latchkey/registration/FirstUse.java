package dev.latchkey.registration;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.policy.Lifetimes;
import java.util.Optional;

/// Keeps an app that somebody allowed something, which would have ended unused. One write for the
/// first patient of an app, and none for any other.
public record FirstUse(ClientRegistry clients) {
  /// Its developer may be changing it at the same moment.
  private static final int MOST_ROUNDS = 5;

  /// Takes away the end of the registration, if it has one.
  ///
  /// @param client as it was read for this patient
  public void keep(Client client) {
    var seen = Optional.of(client);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (seen.filter(FirstUse::wouldEnd).isEmpty() || isKept(seen.get())) {
        return;
      }
      seen = clients.find(client.id());
    }
  }

  private boolean isKept(Client seen) {
    return clients.replace(seen, seen.with(seen.registration().expiringAt(Lifetimes.END_OF_TIME)));
  }

  private static boolean wouldEnd(Client client) {
    return client.registration().expiresAt() != Lifetimes.END_OF_TIME;
  }
}
