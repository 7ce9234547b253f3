package dev.latchkey.sandbox.embedded;

import dev.latchkey.policy.SignInPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Deletes rows whose time is over, now and then. Nothing depends on it: every condition compares
/// times itself.
final class Cleaning implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);

  /// A used code is evidence of a replay for as long as this; an ended family for longer.
  private static final Duration KEEP_CODES = Duration.ofDays(1);

  private static final Duration KEEP_FAMILIES = Duration.ofDays(30);

  /// Each with the time before which a row is of no use; the grants of deleted families go last.
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "DELETE FROM sign_in_attempts WHERE last_attempt_millis < CAST(:before AS BIGINT) *"
                  + " 1000",
              SignInPolicy.FORGET_AFTER),
          new Rule(
              "DELETE FROM browser_session WHERE ends_at < :before OR idle_expires_at < :before",
              Duration.ZERO),
          new Rule("DELETE FROM used_identifier WHERE keep_until < :before", Duration.ZERO),
          new Rule("DELETE FROM registered_client WHERE expires_at < :before", Duration.ZERO),
          new Rule("DELETE FROM initial_access_token WHERE expires_at < :before", Duration.ZERO),
          new Rule("DELETE FROM request_count WHERE window_end < :before", Duration.ZERO),
          new Rule("DELETE FROM pushed_request WHERE expires_at < :before", Duration.ZERO),
          new Rule("DELETE FROM app_launch WHERE expires_at < :before", Duration.ZERO),
          new Rule("DELETE FROM sign_in_handle WHERE expires_at < :before", Duration.ZERO),
          new Rule("DELETE FROM pending_authorization WHERE expires_at < :before", Duration.ZERO),
          new Rule("DELETE FROM authorization_code WHERE expires_at < :before", KEEP_CODES),
          new Rule("DELETE FROM cutoff WHERE keep_until < :before", Duration.ZERO),
          new Rule(
              """
              DELETE FROM family WHERE keep_until < :before
                AND LEAST(idle_expires_at, absolute_expires_at) < :before
              """,
              KEEP_FAMILIES),
          new Rule(
              """
              DELETE FROM family_grant WHERE created_at < :before
                AND NOT EXISTS (
                  SELECT 1 FROM family WHERE family.family_id = family_grant.family_id)
              """,
              KEEP_FAMILIES));

  private final Database database;
  private final InstantSource clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("latchkey-cleaning").factory());

  Cleaning(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Cleans every quarter of an hour, for the first time after a minute.
  void start() {
    var _ = schedule.scheduleWithFixedDelay(this::cleanOrLog, 1, 15, TimeUnit.MINUTES);
  }

  void clean() {
    var now = clock.instant();
    for (var rule : RULES) {
      database
          .sql()
          .sql(rule.statement())
          .param("before", now.minus(rule.keep()).getEpochSecond())
          .update();
    }
  }

  private void cleanOrLog() {
    try {
      clean();
    } catch (DataAccessException e) {
      LOG.warn("Old rows were not deleted this time: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    schedule.shutdown();
  }

  private record Rule(String statement, Duration keep) {}
}
