package dev.latchkey.client;

import java.util.Optional;

/// The registered apps (table `registry`, `R#client_id`).
public interface ClientRegistry {
  /// The app of that name. Strangers send names of any length and content; one that could never
  /// have been registered is simply not found.
  Optional<Client> find(ClientId id);

  /// Adds the client, or replaces the one with the same id as a whole.
  void put(Client client);

  /// Replaces a client as a whole, if it is still as the caller saw it. Returns false, changing
  /// nothing, when it is not; true also when it already is as `changed` says.
  boolean replace(Client seen, Client changed);

  /// The apps in an order of the store's own, page by page. For operators: it may read much more
  /// than it returns. What is registered or removed meanwhile may be in it or not; every other app
  /// is in it once.
  ///
  /// @param after the end of the page before; empty for the first one
  /// @param limit most apps, at least 1
  ClientPage list(Optional<ClientId> after, int limit);

  /// Forgets the client. Forgetting one that is not there is no error.
  void remove(ClientId id);
}
