package dev.latchkey.aws;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.Session;
import dev.latchkey.account.Sessions;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Browser sessions in DynamoDB: `S#handle` in table `ephemeral`.
public final class DynamoSessions implements Sessions {
  private final DynamoTable table;

  public DynamoSessions(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void open(Session session) {
    table.put(
        Item.at(key(session.handle()))
            .text("usr", session.username())
            .number("authAt", session.authenticatedAt())
            .number("idleExp", session.idleExpiresAt())
            .number("absExp", session.endsAt())
            .optionalText("how", session.assurance().written())
            .number("ttl", session.endsAt())
            .build());
  }

  @Override
  public Optional<Session> find(SecretHash handle, Instant now) {
    var seconds = now.getEpochSecond();
    return table
        .get(key(handle))
        .map(item -> session(handle, item))
        .filter(session -> seconds < session.idleExpiresAt() && seconds < session.endsAt());
  }

  @Override
  public boolean touch(SecretHash handle, long idleExpiresAt, Instant now) {
    var update =
        Update.of(key(handle))
            .whenAfter("idleExp", now.getEpochSecond())
            .whenAfter("absExp", now.getEpochSecond())
            .set("idleExp", idleExpiresAt);
    return table.update(update) instanceof DynamoTable.Write.Applied;
  }

  @Override
  public void end(SecretHash handle) {
    table.delete(key(handle));
  }

  private static Key key(SecretHash handle) {
    return Key.of("S#" + handle.value());
  }

  private static Session session(SecretHash handle, Item item) {
    return new Session(
        handle,
        item.text("usr"),
        item.number("authAt"),
        item.number("idleExp"),
        item.number("absExp"),
        Assurance.read(item.optionalText("how").orElse(null)));
  }
}
