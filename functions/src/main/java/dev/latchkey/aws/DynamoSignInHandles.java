package dev.latchkey.aws;

import dev.latchkey.http.Json;
import dev.latchkey.portal.page.SignInHandle;
import dev.latchkey.portal.page.SignInHandles;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Browsers at the sign-in page of the team's own, in DynamoDB: `H#hash` in table `ephemeral`.
public final class DynamoSignInHandles implements SignInHandles {
  /// What stands for no code and for nobody.
  private static final String NONE = "";

  private final DynamoTable table;

  public DynamoSignInHandles(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void open(SecretHash handle, SignInHandle opened) {
    table.put(
        Item.at(key(handle))
            .text("doc", Json.write(opened.document()))
            .text("cod", NONE)
            .text("rid", NONE)
            .number("exp", opened.endsAt())
            .number("ttl", opened.endsAt())
            .build());
  }

  @Override
  public Optional<SignInHandle> find(SecretHash handle, Instant now) {
    return table
        .get(key(handle))
        .filter(item -> item.text("cod").equals(NONE))
        .filter(item -> now.getEpochSecond() < item.number("exp"))
        .map(item -> SignInHandle.of(Json.readObject(item.text("doc")), item.number("exp")));
  }

  @Override
  public boolean finish(
      SecretHash handle, SecretHash code, String result, long endsAt, Instant now) {
    var update =
        Update.of(key(handle))
            .when("cod", NONE)
            .whenAfter("exp", now.getEpochSecond())
            .set("cod", code.value())
            .set("usr", result)
            .set("exp", endsAt);
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied _ -> true;
      // The SDK may have sent this very request twice; then the item carries its code.
      case DynamoTable.Write.Refused(var found) ->
          found.filter(item -> item.text("cod").equals(code.value())).isPresent();
    };
  }

  @Override
  public Optional<String> take(SecretHash handle, SecretHash code, String requestId, Instant now) {
    var update =
        Update.of(key(handle))
            .when("cod", code.value())
            .when("rid", NONE)
            .whenAfter("exp", now.getEpochSecond())
            .set("rid", requestId);
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied(var item) -> Optional.of(item.text("usr"));
      case DynamoTable.Write.Refused(var found) ->
          found
              .filter(item -> item.text("rid").equals(requestId))
              .filter(item -> item.text("cod").equals(code.value()))
              .map(item -> item.text("usr"));
    };
  }

  private static Key key(SecretHash handle) {
    return Key.of("H#" + handle.value());
  }
}
