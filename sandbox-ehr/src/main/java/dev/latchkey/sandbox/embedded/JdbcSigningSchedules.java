package dev.latchkey.sandbox.embedded;

import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningSchedules;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The schedule of the signing keys, one row at most.
final class JdbcSigningSchedules implements SigningSchedules {
  private final JdbcClient sql;

  JdbcSigningSchedules(Database database) {
    this.sql = database.sql();
  }

  @Override
  public Optional<KeySchedule> find() {
    return sql.sql("SELECT schedule FROM signing_schedule")
        .query(String.class)
        .optional()
        .map(KeySchedule::parse);
  }

  @Override
  public boolean replace(Optional<KeySchedule> seen, KeySchedule changed) {
    var write =
        seen.map(
                kept ->
                    sql.sql(
                            "UPDATE signing_schedule SET schedule = :changed WHERE schedule ="
                                + " :seen")
                        .param("seen", kept.text()))
            .orElseGet(
                () ->
                    sql.sql(
                        """
                        INSERT INTO signing_schedule (id, schedule) VALUES (1, :changed)
                        ON CONFLICT DO NOTHING
                        """));
    return write.param("changed", changed.text()).update() == 1;
  }
}
