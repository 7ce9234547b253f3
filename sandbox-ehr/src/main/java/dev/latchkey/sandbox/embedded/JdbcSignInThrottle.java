package dev.latchkey.sandbox.embedded;

import dev.latchkey.account.SignInThrottle;
import dev.latchkey.policy.SignInPolicy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts sign-in attempts. What people type as a user name may be anything, so the key is its
/// hash.
///
/// An attempt is counted by an update that holds only while the row is as it was read, so that each
/// of several attempts at once meets the count that the one before it left.
final class JdbcSignInThrottle implements SignInThrottle {
  private final JdbcClient sql;

  JdbcSignInThrottle(Database database) {
    this.sql = database.sql();
  }

  @Override
  public Optional<Instant> attempt(String account, Instant now) {
    while (true) {
      var seen = find(account);
      var allowedFrom = seen.map(Attempts::nextAllowed).filter(now::isBefore);
      if (allowedFrom.isPresent()) {
        return allowedFrom;
      }
      if (seen.map(attempts -> countAgain(account, attempts, now))
          .orElseGet(() -> start(account, now))) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void clear(String account) {
    sql.sql("DELETE FROM sign_in_attempts WHERE account = :account")
        .param("account", key(account))
        .update();
  }

  private Optional<Attempts> find(String account) {
    return sql.sql("SELECT * FROM sign_in_attempts WHERE account = :account")
        .param("account", key(account))
        .query(
            (row, number) ->
                new Attempts(
                    row.getInt("attempts"),
                    Instant.ofEpochMilli(row.getLong("last_attempt_millis"))))
        .optional();
  }

  private boolean countAgain(String account, Attempts seen, Instant now) {
    return sql.sql(
                """
                UPDATE sign_in_attempts SET attempts = :attempts, last_attempt_millis = :now
                WHERE account = :account AND attempts = :seen AND last_attempt_millis = :last
                """)
            .param("attempts", seen.isForgotten(now) ? 1 : seen.count() + 1)
            .param("now", now.toEpochMilli())
            .param("account", key(account))
            .param("seen", seen.count())
            .param("last", seen.last().toEpochMilli())
            .update()
        == 1;
  }

  private boolean start(String account, Instant now) {
    return sql.sql(
                """
                INSERT INTO sign_in_attempts (account, attempts, last_attempt_millis)
                VALUES (:account, 1, :now)
                ON CONFLICT DO NOTHING
                """)
            .param("account", key(account))
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  private static String key(String account) {
    return SecretHash.of(account).value();
  }

  private record Attempts(int count, Instant last) {
    Instant nextAllowed() {
      return last.plus(SignInPolicy.delayAfter(count));
    }

    boolean isForgotten(Instant now) {
      return !now.isBefore(last.plus(SignInPolicy.FORGET_AFTER));
    }
  }
}
