package dev.latchkey.sandbox.embedded;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The registered apps, one row each.
final class JdbcClients implements ClientRegistry {
  private final JdbcClient sql;

  JdbcClients(Database database) {
    this.sql = database.sql();
  }

  @Override
  public Optional<Client> find(ClientId id) {
    if (!Rows.canHold(id.value())) {
      return Optional.empty();
    }
    return sql.sql("SELECT * FROM client WHERE client_id = :id")
        .param("id", id.value())
        .query((row, number) -> client(row))
        .optional();
  }

  @Override
  public void put(Client client) {
    var columns = columns(client);
    if (update(columns) == 0 && insert(columns) == 0) {
      // Another caller has just added it: the later of the two wins.
      update(columns);
    }
  }

  @Override
  public void remove(ClientId id) {
    sql.sql("DELETE FROM client WHERE client_id = :id").param("id", id.value()).update();
  }

  private int update(Map<String, Object> columns) {
    return sql.sql(
            """
            UPDATE client SET name = :name, description = :description,
              application_type = :type, authentication_methods = :methods,
              secret_hashes = :secrets, redirect_uris = :redirects, scopes = :scopes,
              rotation = :rotation, on_reuse = :reuse, introspects_all = :introspectsAll
            WHERE client_id = :id
            """)
        .params(columns)
        .update();
  }

  private int insert(Map<String, Object> columns) {
    return sql.sql(
            """
            INSERT INTO client (client_id, name, description, application_type,
              authentication_methods, secret_hashes, redirect_uris, scopes, rotation, on_reuse,
              introspects_all)
            VALUES (:id, :name, :description, :type, :methods, :secrets, :redirects, :scopes,
              :rotation, :reuse, :introspectsAll)
            ON CONFLICT DO NOTHING
            """)
        .params(columns)
        .update();
  }

  private static Map<String, Object> columns(Client client) {
    return Map.ofEntries(
        Map.entry("id", client.id().value()),
        Map.entry("name", client.name()),
        Map.entry("description", client.description()),
        Map.entry("type", client.applicationType().name()),
        Map.entry(
            "methods",
            Rows.lines(client.authenticationMethods().stream().map(Enum::name).sorted().toList())),
        Map.entry(
            "secrets", Rows.lines(client.secretHashes().stream().map(SecretHash::value).toList())),
        Map.entry(
            "redirects",
            Rows.lines(client.redirectUris().stream().map(RedirectUri::value).toList())),
        Map.entry("scopes", client.scopes().spelled()),
        Map.entry("rotation", client.overrides().rotation().name()),
        Map.entry("reuse", client.overrides().onReuse().name()),
        Map.entry("introspectsAll", client.introspectsAll()));
  }

  private static Client client(ResultSet row) throws SQLException {
    return new Client(
        Rows.client(row),
        row.getString("name"),
        row.getString("description"),
        ApplicationType.valueOf(row.getString("application_type")),
        Rows.lines(row, "authentication_methods").stream()
            .map(AuthenticationMethod::valueOf)
            .collect(Collectors.toUnmodifiableSet()),
        Rows.lines(row, "secret_hashes").stream().map(SecretHash::new).toList(),
        Rows.lines(row, "redirect_uris").stream().map(RedirectUri::new).toList(),
        Rows.scopes(row),
        new RefreshOverrides(
            TokenRotation.valueOf(row.getString("rotation")),
            ReuseResponse.valueOf(row.getString("on_reuse"))),
        row.getBoolean("introspects_all"));
  }
}
