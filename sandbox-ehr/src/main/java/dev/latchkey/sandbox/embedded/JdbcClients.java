package dev.latchkey.sandbox.embedded;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientDocument;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientPage;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.http.Json;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The registered apps, one row each.
final class JdbcClients implements ClientRegistry {
  private final JdbcClient sql;

  JdbcClients(Database database) {
    this.sql = database.sql();
  }

  @Override
  public Optional<Client> find(ClientId id) {
    return document(id).map(document -> client(id, document));
  }

  @Override
  public void put(Client client) {
    if (!update(client) && !insert(client)) {
      // Another caller has just added it: the later of the two wins.
      update(client);
    }
  }

  @Override
  public boolean replace(Client seen, Client changed) {
    var replaced =
        sql.sql(
                """
                UPDATE registered_client SET document = :document, expires_at = :expires
                WHERE client_id = :id AND document = :seen
                """)
            .param("id", seen.id().value())
            .param("document", document(changed))
            .param("expires", changed.registration().expiresAt())
            .param("seen", document(seen))
            .update();
    return replaced == 1 || document(seen.id()).filter(document(changed)::equals).isPresent();
  }

  @Override
  public ClientPage list(Optional<ClientId> after, int limit) {
    var found =
        sql.sql(
                """
                SELECT client_id, document FROM registered_client WHERE client_id > :after
                ORDER BY client_id FETCH FIRST :limit ROWS ONLY
                """)
            .param("after", after.map(ClientId::value).orElse(""))
            .param("limit", limit + 1)
            .query((row, number) -> client(Rows.client(row), row.getString("document")))
            .list();
    return ClientPage.of(found, limit);
  }

  @Override
  public void remove(ClientId id) {
    sql.sql("DELETE FROM registered_client WHERE client_id = :id").param("id", id.value()).update();
  }

  private Optional<String> document(ClientId id) {
    if (!Rows.canHold(id.value())) {
      return Optional.empty();
    }
    return sql.sql("SELECT document FROM registered_client WHERE client_id = :id")
        .param("id", id.value())
        .query(String.class)
        .optional();
  }

  private boolean update(Client client) {
    return sql.sql(
                """
                UPDATE registered_client SET document = :document, expires_at = :expires
                WHERE client_id = :id
                """)
            .param("id", client.id().value())
            .param("document", document(client))
            .param("expires", client.registration().expiresAt())
            .update()
        == 1;
  }

  private boolean insert(Client client) {
    return sql.sql(
                """
                INSERT INTO registered_client (client_id, document, expires_at)
                VALUES (:id, :document, :expires)
                ON CONFLICT DO NOTHING
                """)
            .param("id", client.id().value())
            .param("document", document(client))
            .param("expires", client.registration().expiresAt())
            .update()
        == 1;
  }

  private static Client client(ClientId id, String document) {
    return ClientDocument.read(id, Json.readObject(document));
  }

  /// JSON escapes a NUL, which PostgreSQL would not keep.
  private static String document(Client client) {
    return Json.write(ClientDocument.write(client));
  }
}
