package dev.latchkey.sandbox.embedded;

import dev.latchkey.authorize.PushedRequest;
import dev.latchkey.authorize.PushedRequests;
import dev.latchkey.client.ClientId;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Pushed authorization requests, one row each. Who used it is what makes a request used.
final class JdbcPushedRequests implements PushedRequests {
  private final JdbcClient sql;

  JdbcPushedRequests(Database database) {
    this.sql = database.sql();
  }

  @Override
  public void keep(SecretHash handle, PushedRequest request) {
    sql.sql(
            """
            INSERT INTO pushed_request (handle, client_id, parameters, expires_at)
            VALUES (:handle, :client, :parameters, :expiresAt)
            """)
        .param("handle", handle.value())
        .param("client", request.client().value())
        .param("parameters", request.parameters())
        .param("expiresAt", request.expiresAt())
        .update();
  }

  @Override
  public Optional<PushedRequest> use(
      SecretHash handle, ClientId client, String requestId, Instant now) {
    sql.sql(
            """
            UPDATE pushed_request SET used_by = :request
            WHERE handle = :handle AND client_id = :client AND used_by IS NULL AND expires_at > :now
            """)
        .param("request", requestId)
        .param("handle", handle.value())
        .param("client", client.value())
        .param("now", now.getEpochSecond())
        .update();
    return sql.sql("SELECT * FROM pushed_request WHERE handle = :handle AND used_by = :request")
        .param("handle", handle.value())
        .param("request", requestId)
        .query(
            (row, number) ->
                new PushedRequest(
                    Rows.client(row), row.getString("parameters"), row.getLong("expires_at")))
        .optional();
  }
}
