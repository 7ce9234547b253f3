package dev.latchkey.aws;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientDocument;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientPage;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.http.Json;
import dev.latchkey.policy.Lifetimes;
import java.util.Optional;

/// Registered apps in DynamoDB: `R#client_id` in table `registry`.
public final class DynamoClientRegistry implements ClientRegistry {
  private static final String PREFIX = "R#";
  private static final String DOCUMENT = "doc";
  private static final String CLEANED = "ttl";

  private final DynamoTable table;

  public DynamoClientRegistry(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<Client> find(ClientId id) {
    return table.get(key(id)).map(item -> client(id, item));
  }

  @Override
  public void put(Client client) {
    var item = Item.at(key(client.id())).text(DOCUMENT, document(client));
    cleanedAt(client).ifPresent(time -> item.number(CLEANED, time));
    table.put(item.build());
  }

  @Override
  public boolean replace(Client seen, Client changed) {
    var document = document(changed);
    var update = Update.of(key(seen.id())).when(DOCUMENT, document(seen)).set(DOCUMENT, document);
    cleanedAt(changed)
        .ifPresentOrElse(time -> update.set(CLEANED, time), () -> update.remove(CLEANED));
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied _ -> true;
      case DynamoTable.Write.Refused(var found) ->
          found.filter(item -> item.text(DOCUMENT).equals(document)).isPresent();
    };
  }

  @Override
  public ClientPage list(Optional<ClientId> after, int limit) {
    var items = table.scan(PREFIX, after.map(DynamoClientRegistry::key), DOCUMENT, limit + 1);
    return ClientPage.of(items.stream().map(DynamoClientRegistry::client).toList(), limit);
  }

  @Override
  public void remove(ClientId id) {
    table.delete(key(id));
  }

  /// A registration that ended unused is of no use to anybody.
  private static Optional<Long> cleanedAt(Client client) {
    return Optional.of(client.registration().expiresAt())
        .filter(time -> time != Lifetimes.END_OF_TIME);
  }

  private static Key key(ClientId id) {
    return Key.of(PREFIX + id, "R");
  }

  private static String document(Client client) {
    return Json.write(ClientDocument.write(client));
  }

  private static Client client(Item item) {
    return client(new ClientId(item.text("pk").substring(PREFIX.length())), item);
  }

  private static Client client(ClientId id, Item item) {
    return ClientDocument.read(id, Json.readObject(item.text(DOCUMENT)));
  }
}
