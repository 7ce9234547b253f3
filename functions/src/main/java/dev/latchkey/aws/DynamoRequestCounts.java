package dev.latchkey.aws;

import dev.latchkey.limit.RequestCounts;
import dev.latchkey.limit.RequestLimit;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Counts of requests in DynamoDB: `Q#caller#end of the window` in table `ephemeral`. A request
/// that the SDK sends twice may count twice, which nobody minds.
public final class DynamoRequestCounts implements RequestCounts {
  private final DynamoTable table;

  public DynamoRequestCounts(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<Instant> count(SecretHash caller, RequestLimit limit, Instant now) {
    var end = limit.windowEnd(now);
    var update =
        Update.of(Key.of("Q#%s#%d".formatted(caller.value(), end)))
            .whenAbsentOrBelow("n", limit.requests())
            .increase("n", 1)
            .set("ttl", end);
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied _ -> Optional.empty();
      case DynamoTable.Write.Refused _ -> Optional.of(Instant.ofEpochSecond(end));
    };
  }
}
