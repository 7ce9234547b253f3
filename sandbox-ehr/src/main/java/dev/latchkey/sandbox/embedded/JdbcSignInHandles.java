package dev.latchkey.sandbox.embedded;

import dev.latchkey.http.Json;
import dev.latchkey.portal.page.SignInHandle;
import dev.latchkey.portal.page.SignInHandles;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Browsers at the sign-in page of the team's own, one row each. A code makes it finished, and who
/// used that makes it taken.
final class JdbcSignInHandles implements SignInHandles {
  private final JdbcClient sql;

  JdbcSignInHandles(Database database) {
    this.sql = database.sql();
  }

  @Override
  public void open(SecretHash handle, SignInHandle opened) {
    sql.sql(
            """
            INSERT INTO sign_in_handle (handle, document, expires_at)
            VALUES (:handle, :document, :expiresAt)
            """)
        .param("handle", handle.value())
        .param("document", Json.write(opened.document()))
        .param("expiresAt", opened.endsAt())
        .update();
  }

  @Override
  public Optional<SignInHandle> find(SecretHash handle, Instant now) {
    return sql.sql(
            """
            SELECT document, expires_at FROM sign_in_handle
            WHERE handle = :handle AND code IS NULL AND expires_at > :now
            """)
        .param("handle", handle.value())
        .param("now", now.getEpochSecond())
        .query(
            (row, number) ->
                SignInHandle.of(
                    Json.readObject(row.getString("document")), row.getLong("expires_at")))
        .optional();
  }

  @Override
  public boolean finish(
      SecretHash handle, SecretHash code, String result, long endsAt, Instant now) {
    sql.sql(
            """
            UPDATE sign_in_handle SET code = :code, result = :result, expires_at = :endsAt
            WHERE handle = :handle AND code IS NULL AND expires_at > :now
            """)
        .param("code", code.value())
        .param("result", result)
        .param("endsAt", endsAt)
        .param("handle", handle.value())
        .param("now", now.getEpochSecond())
        .update();
    return sql.sql("SELECT result FROM sign_in_handle WHERE handle = :handle AND code = :code")
        .param("handle", handle.value())
        .param("code", code.value())
        .query(String.class)
        .optional()
        .isPresent();
  }

  @Override
  public Optional<String> take(SecretHash handle, SecretHash code, String requestId, Instant now) {
    sql.sql(
            """
            UPDATE sign_in_handle SET used_by = :request
            WHERE handle = :handle AND code = :code AND used_by IS NULL AND expires_at > :now
            """)
        .param("request", requestId)
        .param("handle", handle.value())
        .param("code", code.value())
        .param("now", now.getEpochSecond())
        .update();
    return sql.sql(
            """
            SELECT result FROM sign_in_handle
            WHERE handle = :handle AND code = :code AND used_by = :request
            """)
        .param("handle", handle.value())
        .param("code", code.value())
        .param("request", requestId)
        .query(String.class)
        .optional();
  }
}
