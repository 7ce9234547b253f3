package dev.latchkey.aws;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;
import java.util.stream.Collectors;

/// Registered apps in DynamoDB: `R#client_id` in table `registry`.
public final class DynamoClientRegistry implements ClientRegistry {
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
    table.put(item(client));
  }

  @Override
  public void remove(ClientId id) {
    table.delete(key(id));
  }

  private static Key key(ClientId id) {
    return Key.of("R#" + id, "R");
  }

  private static Item item(Client client) {
    return Item.at(key(client.id()))
        .text("name", client.name())
        .text("description", client.description())
        .text("type", client.applicationType().name())
        .texts("methods", client.authenticationMethods().stream().map(Enum::name).toList())
        .texts("secrets", client.secretHashes().stream().map(SecretHash::value).toList())
        .texts("uris", client.redirectUris().stream().map(RedirectUri::value).toList())
        .text("scopes", client.scopes().spelled())
        .text("rotation", client.overrides().rotation().name())
        .text("reuse", client.overrides().onReuse().name())
        .number("introspectsAll", client.introspectsAll() ? 1 : 0)
        .build();
  }

  private static Client client(ClientId id, Item item) {
    return new Client(
        id,
        item.text("name"),
        item.text("description"),
        ApplicationType.valueOf(item.text("type")),
        item.texts("methods").stream()
            .map(AuthenticationMethod::valueOf)
            .collect(Collectors.toUnmodifiableSet()),
        item.texts("secrets").stream().map(SecretHash::new).toList(),
        item.texts("uris").stream().map(RedirectUri::new).toList(),
        ScopeSet.parse(item.text("scopes")),
        new RefreshOverrides(
            TokenRotation.valueOf(item.text("rotation")),
            ReuseResponse.valueOf(item.text("reuse"))),
        item.number("introspectsAll") == 1);
  }
}
