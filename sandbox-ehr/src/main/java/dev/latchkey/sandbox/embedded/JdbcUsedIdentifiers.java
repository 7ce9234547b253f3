package dev.latchkey.sandbox.embedded;

import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Used ids, one row each.
final class JdbcUsedIdentifiers implements UsedIdentifiers {
  private final JdbcClient sql;

  JdbcUsedIdentifiers(Database database) {
    this.sql = database.sql();
  }

  @Override
  public boolean use(SecretHash identifier, String requestId, long keepUntil, Instant now) {
    return insert(identifier, requestId, keepUntil)
        || replace(identifier, requestId, keepUntil, now)
        || isMine(identifier, requestId);
  }

  private boolean insert(SecretHash identifier, String requestId, long keepUntil) {
    return sql.sql(
                """
                INSERT INTO used_identifier (identifier, used_by, keep_until)
                VALUES (:identifier, :by, :until)
                ON CONFLICT DO NOTHING
                """)
            .param("identifier", identifier.value())
            .param("by", requestId)
            .param("until", keepUntil)
            .update()
        == 1;
  }

  private boolean replace(SecretHash identifier, String requestId, long keepUntil, Instant now) {
    return sql.sql(
                """
                UPDATE used_identifier SET used_by = :by, keep_until = :until
                WHERE identifier = :identifier AND keep_until < :now
                """)
            .param("identifier", identifier.value())
            .param("by", requestId)
            .param("until", keepUntil)
            .param("now", now.getEpochSecond())
            .update()
        == 1;
  }

  private boolean isMine(SecretHash identifier, String requestId) {
    return sql.sql("SELECT used_by FROM used_identifier WHERE identifier = :identifier")
        .param("identifier", identifier.value())
        .query(String.class)
        .optional()
        .filter(requestId::equals)
        .isPresent();
  }
}
