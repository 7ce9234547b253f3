package dev.latchkey.sandbox.embedded;

import dev.latchkey.limit.RequestCounts;
import dev.latchkey.limit.RequestLimit;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts of requests, one row for each caller and window.
final class JdbcRequestCounts implements RequestCounts {
  private final JdbcClient sql;

  JdbcRequestCounts(Database database) {
    this.sql = database.sql();
  }

  @Override
  public Optional<Instant> count(SecretHash caller, RequestLimit limit, Instant now) {
    var end = limit.windowEnd(now);
    return start(caller, end) || countAgain(caller, end, limit)
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(end));
  }

  private boolean start(SecretHash caller, long end) {
    return sql.sql(
                """
                INSERT INTO request_count (caller, window_end, requests) VALUES (:caller, :end, 1)
                ON CONFLICT DO NOTHING
                """)
            .param("caller", caller.value())
            .param("end", end)
            .update()
        == 1;
  }

  private boolean countAgain(SecretHash caller, long end, RequestLimit limit) {
    return sql.sql(
                """
                UPDATE request_count SET requests = requests + 1
                WHERE caller = :caller AND window_end = :end AND requests < :most
                """)
            .param("caller", caller.value())
            .param("end", end)
            .param("most", limit.requests())
            .update()
        == 1;
  }
}
