package dev.latchkey.aws;

import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;

/// Used ids in DynamoDB: `J#hash` in table `ephemeral`.
public final class DynamoUsedIdentifiers implements UsedIdentifiers {
  private final DynamoTable table;

  public DynamoUsedIdentifiers(DynamoTable table) {
    this.table = table;
  }

  @Override
  public boolean use(SecretHash identifier, String requestId, long keepUntil, Instant now) {
    // Not "does not exist": the service deletes what is past its time days later.
    var update =
        Update.of(Key.of("J#" + identifier.value()))
            .whenAbsentOrBelow("ttl", now.getEpochSecond())
            .set("rid", requestId)
            .set("ttl", keepUntil);
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied _ -> true;
      case DynamoTable.Write.Refused(var found) ->
          found.filter(item -> item.text("rid").equals(requestId)).isPresent();
    };
  }
}
