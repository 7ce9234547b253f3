package dev.latchkey.sandbox.embedded;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.Session;
import dev.latchkey.account.Sessions;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Browser sessions, one row each.
final class JdbcSessions implements Sessions {
  private final JdbcClient sql;

  JdbcSessions(Database database) {
    this.sql = database.sql();
  }

  @Override
  public void open(Session session) {
    sql.sql(
            """
            INSERT INTO browser_session (handle, username, authenticated_at, idle_expires_at, ends_at,
              assurance)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        .params(
            session.handle().value(),
            session.username(),
            session.authenticatedAt(),
            session.idleExpiresAt(),
            session.endsAt(),
            session.assurance().written())
        .update();
  }

  @Override
  public Optional<Session> find(SecretHash handle, Instant now) {
    return sql.sql(
            """
            SELECT * FROM browser_session
            WHERE handle = :handle AND idle_expires_at > :now AND ends_at > :now
            """)
        .param("handle", handle.value())
        .param("now", now.getEpochSecond())
        .query((row, number) -> session(row))
        .optional();
  }

  @Override
  public boolean touch(SecretHash handle, long idleExpiresAt, Instant now) {
    return sql.sql(
                """
                UPDATE browser_session SET idle_expires_at = :idle
                WHERE handle = :handle AND idle_expires_at > :now AND ends_at > :now
                """)
            .param("idle", idleExpiresAt)
            .param("handle", handle.value())
            .param("now", now.getEpochSecond())
            .update()
        == 1;
  }

  @Override
  public void end(SecretHash handle) {
    sql.sql("DELETE FROM browser_session WHERE handle = :handle")
        .param("handle", handle.value())
        .update();
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        Rows.hash(row, "handle"),
        row.getString("username"),
        row.getLong("authenticated_at"),
        row.getLong("idle_expires_at"),
        row.getLong("ends_at"),
        Assurance.read(Rows.text(row, "assurance")));
  }
}
