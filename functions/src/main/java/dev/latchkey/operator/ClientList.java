package dev.latchkey.operator;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says which apps there are.
record ClientList(ClientRegistry clients, InstantSource clock) {

  Answer list(Optional<ClientId> after, int limit) {
    var page = clients.list(after, limit);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("clients", page.clients().stream().map(this::facts).map(ClientFacts::brief).toList());
    page.next().ifPresent(next -> facts.put("next", next.value()));
    return new Answer.Done(List.of(), facts);
  }

  Answer show(ClientId id) {
    return clients
        .find(id)
        .<Answer>map(client -> new Answer.Done(List.of(), Map.of("client", facts(client).full())))
        .orElseGet(() -> ClientSentences.unknown(id));
  }

  private ClientFacts facts(Client client) {
    return new ClientFacts(client, clock.instant().getEpochSecond());
  }
}
