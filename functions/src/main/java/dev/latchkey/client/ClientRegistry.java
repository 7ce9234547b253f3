package dev.latchkey.client;

import java.util.Optional;

/// The registered apps (table `registry`, `R#client_id`).
public interface ClientRegistry {
  /// The app of that name. Strangers send names of any length and content; one that could never
  /// have been registered is simply not found.
  Optional<Client> find(ClientId id);

  /// Adds the client, or replaces the one with the same id as a whole.
  void put(Client client);

  /// Forgets the client. Forgetting one that is not there is no error.
  void remove(ClientId id);
}
