package dev.latchkey.sandbox.embedded;

import org.springframework.jdbc.core.simple.JdbcClient;

/// One row for each person who was registered.
final class JdbcSeedMemory implements SeedMemory {
  private final JdbcClient sql;

  JdbcSeedMemory(Database database) {
    this.sql = database.sql();
  }

  @Override
  public boolean remembers(String username, String fingerprint) {
    return sql
        .sql("SELECT fingerprint FROM seeded_account WHERE username = :username")
        .param("username", username)
        .query(String.class)
        .optional()
        .stream()
        .anyMatch(fingerprint::equals);
  }

  @Override
  public void remember(String username, String fingerprint) {
    sql.sql("DELETE FROM seeded_account WHERE username = :username")
        .param("username", username)
        .update();
    sql.sql(
            """
            INSERT INTO seeded_account (username, fingerprint) VALUES (:username, :fingerprint)
            ON CONFLICT DO NOTHING
            """)
        .param("username", username)
        .param("fingerprint", fingerprint)
        .update();
  }
}
