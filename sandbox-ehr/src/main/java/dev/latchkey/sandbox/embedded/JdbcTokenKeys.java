package dev.latchkey.sandbox.embedded;

import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.family.WrappedTokenKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Token keys in wrapped form, one row each.
final class JdbcTokenKeys implements WrappedTokenKeys {
  private final JdbcClient sql;

  JdbcTokenKeys(Database database) {
    this.sql = database.sql();
  }

  @Override
  public List<WrappedTokenKey> all() {
    return sql.sql("SELECT * FROM wrapped_token_key ORDER BY key_id")
        .query((row, number) -> key(row))
        .list();
  }

  @Override
  public boolean putIfAbsent(WrappedTokenKey key) {
    var inserted =
        sql.sql(
                """
                INSERT INTO wrapped_token_key (key_id, wrapped, usable_from)
                VALUES (:id, :wrapped, :usableFrom)
                ON CONFLICT DO NOTHING
                """)
            .param("id", key.id())
            .param("wrapped", key.wrapped())
            .param("usableFrom", key.usableFrom())
            .update();
    return inserted == 1 || holds(key);
  }

  @Override
  public boolean retire(int id, long at) {
    return sql.sql(
                """
                UPDATE wrapped_token_key SET retired_at = COALESCE(retired_at, :at)
                WHERE key_id = :id
                """)
            .param("id", id)
            .param("at", at)
            .update()
        == 1;
  }

  private boolean holds(WrappedTokenKey key) {
    return sql.sql("SELECT wrapped FROM wrapped_token_key WHERE key_id = :id")
        .param("id", key.id())
        .query((row, number) -> row.getBytes("wrapped"))
        .optional()
        .filter(kept -> Arrays.equals(kept, key.wrapped()))
        .isPresent();
  }

  private static WrappedTokenKey key(ResultSet row) throws SQLException {
    return new WrappedTokenKey(
        row.getInt("key_id"),
        row.getBytes("wrapped"),
        row.getLong("usable_from"),
        row.getObject("retired_at", Long.class));
  }
}
