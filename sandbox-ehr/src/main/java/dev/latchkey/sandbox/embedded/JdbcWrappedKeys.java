package dev.latchkey.sandbox.embedded;

import dev.latchkey.secret.WrappedKeys;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wrapped keys, one row for each use.
final class JdbcWrappedKeys implements WrappedKeys {
  private final JdbcClient sql;

  JdbcWrappedKeys(Database database) {
    this.sql = database.sql();
  }

  @Override
  public Optional<byte[]> find(String use) {
    return sql.sql("SELECT wrapped FROM wrapped_key WHERE key_use = :use")
        .param("use", use)
        .query((row, number) -> row.getBytes("wrapped"))
        .optional();
  }

  @Override
  public byte[] keepFirst(String use, byte[] wrapped) {
    sql.sql(
            """
            INSERT INTO wrapped_key (key_use, wrapped) VALUES (:use, :wrapped)
            ON CONFLICT DO NOTHING
            """)
        .param("use", use)
        .param("wrapped", wrapped)
        .update();
    return find(use).orElseThrow();
  }
}
