package dev.latchkey.sandbox.embedded;

import dev.latchkey.client.ClientId;
import dev.latchkey.http.Json;
import dev.latchkey.launch.Launch;
import dev.latchkey.launch.Launches;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Apps that the EHR opened, one row each. Who used it is what makes a launch used.
final class JdbcLaunches implements Launches {
  private final JdbcClient sql;

  JdbcLaunches(Database database) {
    this.sql = database.sql();
  }

  @Override
  public void open(SecretHash handle, ClientId client, Launch launch, long expiresAt) {
    sql.sql(
            """
            INSERT INTO app_launch (handle, client_id, document, expires_at)
            VALUES (:handle, :client, :document, :expiresAt)
            """)
        .param("handle", handle.value())
        .param("client", client.value())
        .param("document", Json.write(launch.document()))
        .param("expiresAt", expiresAt)
        .update();
  }

  @Override
  public Optional<Launch> find(SecretHash handle, ClientId client, Instant now) {
    return sql.sql(
            """
            SELECT document FROM app_launch
            WHERE handle = :handle AND client_id = :client AND used_by IS NULL AND expires_at > :now
            """)
        .param("handle", handle.value())
        .param("client", client.value())
        .param("now", now.getEpochSecond())
        .query((row, number) -> launch(row))
        .optional();
  }

  @Override
  public Optional<Launch> use(SecretHash handle, ClientId client, String requestId, Instant now) {
    sql.sql(
            """
            UPDATE app_launch SET used_by = :request
            WHERE handle = :handle AND client_id = :client AND used_by IS NULL AND expires_at > :now
            """)
        .param("request", requestId)
        .param("handle", handle.value())
        .param("client", client.value())
        .param("now", now.getEpochSecond())
        .update();
    return sql.sql("SELECT document FROM app_launch WHERE handle = :handle AND used_by = :request")
        .param("handle", handle.value())
        .param("request", requestId)
        .query((row, number) -> launch(row))
        .optional();
  }

  private static Launch launch(ResultSet row) throws SQLException {
    return Launch.of(Json.readObject(row.getString("document")));
  }
}
