package dev.latchkey.client;

import java.util.List;
import java.util.Optional;

/// A part of the registered apps.
///
/// @param next where the next page begins: right behind this app; empty on the last one
public record ClientPage(List<Client> clients, Optional<ClientId> next) {
  public ClientPage {
    clients = List.copyOf(clients);
  }

  /// The page of at most `limit` apps, made of one more where there is one.
  public static ClientPage of(List<Client> oneMore, int limit) {
    return oneMore.size() <= limit
        ? new ClientPage(oneMore, Optional.empty())
        : new ClientPage(oneMore.subList(0, limit), Optional.of(oneMore.get(limit - 1).id()));
  }
}
