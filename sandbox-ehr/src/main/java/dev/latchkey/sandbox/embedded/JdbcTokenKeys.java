package dev.latchkey.sandbox.embedded;

import dev.latchkey.family.WrappedTokenKeys;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Token keys in wrapped form, one row each.
final class JdbcTokenKeys implements WrappedTokenKeys {
  private final JdbcClient sql;

  JdbcTokenKeys(Database database) {
    this.sql = database.sql();
  }

  @Override
  public Optional<byte[]> find(int id) {
    return sql.sql("SELECT wrapped FROM wrapped_token_key WHERE key_id = :id")
        .param("id", id)
        .query((row, number) -> row.getBytes("wrapped"))
        .optional();
  }

  @Override
  public boolean putIfAbsent(int id, byte[] wrapped) {
    return sql.sql(
                """
                INSERT INTO wrapped_token_key (key_id, wrapped) VALUES (:id, :wrapped)
                ON CONFLICT DO NOTHING
                """)
            .param("id", id)
            .param("wrapped", wrapped)
            .update()
        == 1;
  }
}
