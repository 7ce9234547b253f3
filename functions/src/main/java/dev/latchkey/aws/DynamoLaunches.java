package dev.latchkey.aws;

import dev.latchkey.client.ClientId;
import dev.latchkey.http.Json;
import dev.latchkey.launch.Launch;
import dev.latchkey.launch.Launches;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Launches from an EHR in DynamoDB: `L#hash` in table `ephemeral`.
public final class DynamoLaunches implements Launches {
  /// What stands for nobody while a launch is unused.
  private static final String NOBODY = "";

  private final DynamoTable table;

  public DynamoLaunches(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void open(SecretHash handle, ClientId client, Launch launch, long expiresAt) {
    table.put(
        Item.at(key(handle))
            .text("cid", client.value())
            .text("lau", Json.write(launch.document()))
            .text("rid", NOBODY)
            .number("exp", expiresAt)
            .number("ttl", expiresAt)
            .build());
  }

  @Override
  public Optional<Launch> find(SecretHash handle, ClientId client, Instant now) {
    return table
        .get(key(handle))
        .filter(item -> item.text("rid").equals(NOBODY))
        .filter(item -> item.text("cid").equals(client.value()))
        .filter(item -> now.getEpochSecond() < item.number("exp"))
        .map(DynamoLaunches::launch);
  }

  @Override
  public Optional<Launch> use(SecretHash handle, ClientId client, String requestId, Instant now) {
    var update =
        Update.of(key(handle))
            .when("rid", NOBODY)
            .when("cid", client.value())
            .whenAfter("exp", now.getEpochSecond())
            .set("rid", requestId);
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied(var item) -> Optional.of(launch(item));
      // The SDK may have sent this very request twice; then the item carries its id.
      case DynamoTable.Write.Refused(var found) ->
          found.filter(item -> item.text("rid").equals(requestId)).map(DynamoLaunches::launch);
    };
  }

  private static Key key(SecretHash handle) {
    return Key.of("L#" + handle.value());
  }

  private static Launch launch(Item item) {
    return Launch.of(Json.readObject(item.text("lau")));
  }
}
