package dev.latchkey.sandbox.embedded;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.InitialAccessToken;
import dev.latchkey.registration.InitialAccessTokens;
import dev.latchkey.secret.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Initial access tokens, one row each.
final class JdbcInitialAccessTokens implements InitialAccessTokens {
  private final JdbcClient sql;

  JdbcInitialAccessTokens(Database database) {
    this.sql = database.sql();
  }

  @Override
  public void issue(InitialAccessToken token) {
    sql.sql(
            """
            INSERT INTO initial_access_token (token_hash, label, identity_level, scopes,
              backend_services, expires_at, uses_left, used_by)
            VALUES (:hash, :label, :level, :scopes, :services, :expires, :uses, '')
            """)
        .param("hash", token.hash().value())
        .param("label", token.label())
        .param("level", token.allowance().level().name())
        .param("scopes", token.allowance().scopes().spelled())
        .param("services", token.allowance().backendServices())
        .param("expires", token.expiresAt())
        .param("uses", token.usesLeft())
        .update();
  }

  @Override
  public Optional<InitialAccessToken> find(SecretHash hash, Instant now) {
    return sql.sql(
            """
            SELECT * FROM initial_access_token
            WHERE token_hash = :hash AND uses_left > 0 AND expires_at > :now
            """)
        .param("hash", hash.value())
        .param("now", now.getEpochSecond())
        .query((row, number) -> token(row))
        .optional();
  }

  @Override
  public List<InitialAccessToken> list(Instant now) {
    return sql
        .sql("SELECT * FROM initial_access_token WHERE uses_left > 0 AND expires_at > :now")
        .param("now", now.getEpochSecond())
        .query((row, number) -> token(row))
        .stream()
        .sorted(InitialAccessToken.BY_END)
        .toList();
  }

  @Override
  public boolean use(SecretHash hash, String requestId, Instant now) {
    var used =
        sql.sql(
                """
                UPDATE initial_access_token SET uses_left = uses_left - 1, used_by = :by
                WHERE token_hash = :hash AND uses_left > 0 AND expires_at > :now AND used_by <> :by
                """)
            .param("hash", hash.value())
            .param("by", requestId)
            .param("now", now.getEpochSecond())
            .update();
    return used == 1 || isMine(hash, requestId);
  }

  @Override
  public void remove(SecretHash hash) {
    sql.sql("DELETE FROM initial_access_token WHERE token_hash = :hash")
        .param("hash", hash.value())
        .update();
  }

  private boolean isMine(SecretHash hash, String requestId) {
    return sql.sql("SELECT used_by FROM initial_access_token WHERE token_hash = :hash")
        .param("hash", hash.value())
        .query(String.class)
        .optional()
        .filter(requestId::equals)
        .isPresent();
  }

  private static InitialAccessToken token(ResultSet row) throws SQLException {
    return new InitialAccessToken(
        Rows.hash(row, "token_hash"),
        row.getString("label"),
        new Allowance(
            IdentityLevel.valueOf(row.getString("identity_level")),
            Rows.scopes(row),
            row.getBoolean("backend_services")),
        row.getLong("expires_at"),
        row.getInt("uses_left"));
  }
}
