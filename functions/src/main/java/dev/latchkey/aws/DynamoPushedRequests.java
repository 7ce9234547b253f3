package dev.latchkey.aws;

import dev.latchkey.authorize.PushedRequest;
import dev.latchkey.authorize.PushedRequests;
import dev.latchkey.client.ClientId;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Pushed authorization requests in DynamoDB: `P#hash` in table `ephemeral`.
public final class DynamoPushedRequests implements PushedRequests {
  /// What stands for nobody while a request is unused.
  private static final String NOBODY = "";

  private final DynamoTable table;

  public DynamoPushedRequests(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void keep(SecretHash handle, PushedRequest request) {
    table.put(
        Item.at(key(handle))
            .text("cid", request.client().value())
            .text("par", request.parameters())
            .text("rid", NOBODY)
            .number("exp", request.expiresAt())
            .number("ttl", request.expiresAt())
            .build());
  }

  @Override
  public Optional<PushedRequest> use(
      SecretHash handle, ClientId client, String requestId, Instant now) {
    var update =
        Update.of(key(handle))
            .when("rid", NOBODY)
            .when("cid", client.value())
            .whenAfter("exp", now.getEpochSecond())
            .set("rid", requestId);
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied(var item) -> Optional.of(request(item));
      // The SDK may have sent this very request twice; then the item carries its id.
      case DynamoTable.Write.Refused(var found) ->
          found
              .filter(item -> item.text("rid").equals(requestId))
              .map(DynamoPushedRequests::request);
    };
  }

  private static Key key(SecretHash handle) {
    return Key.of("P#" + handle.value());
  }

  private static PushedRequest request(Item item) {
    return new PushedRequest(new ClientId(item.text("cid")), item.text("par"), item.number("exp"));
  }
}
