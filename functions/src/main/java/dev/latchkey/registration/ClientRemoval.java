package dev.latchkey.registration;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.policy.Lifetimes;

/// Ends an app: first everything that anybody allowed it, then its registration. An app that is
/// gone could not be named afterwards.
public record ClientRemoval(Cutoffs cutoffs, ClientRegistry clients) {
  /// Ends one app. Ending one that is not there is no error.
  ///
  /// @param now seconds since the epoch
  public void remove(ClientId client, long now) {
    cutoffs.raise(new Cutoffs.Of.Client(client), now, Lifetimes.END_OF_TIME);
    clients.remove(client);
  }
}
