package dev.latchkey.aws;

import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningSchedules;
import java.util.Optional;

/// The schedule of the signing keys in DynamoDB: item `S` of table `registry`.
public final class DynamoSigningSchedules implements SigningSchedules {
  private static final Key KEY = Key.of("S", "S");
  private static final String SCHEDULE = "schedule";

  private final DynamoTable table;

  public DynamoSigningSchedules(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<KeySchedule> find() {
    return table.get(KEY).map(item -> KeySchedule.parse(item.text(SCHEDULE)));
  }

  @Override
  public boolean replace(Optional<KeySchedule> seen, KeySchedule changed) {
    var update =
        Update.of(KEY)
            .whenSame(SCHEDULE, seen.map(KeySchedule::text).orElse(null))
            .set(SCHEDULE, changed.text());
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied _ -> true;
      // A request that the SDK sent twice finds its own work.
      case DynamoTable.Write.Refused(var found) ->
          found.filter(item -> item.text(SCHEDULE).equals(changed.text())).isPresent();
    };
  }
}
