package dev.latchkey.aws;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.InitialAccessToken;
import dev.latchkey.registration.InitialAccessTokens;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;

/// Initial access tokens in DynamoDB: `I#hash` in table `ephemeral`.
public final class DynamoInitialAccessTokens implements InitialAccessTokens {
  private final DynamoTable table;

  public DynamoInitialAccessTokens(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void issue(InitialAccessToken token) {
    table.put(
        Item.at(key(token.hash()))
            .text("label", token.label())
            .text("level", token.allowance().level().name())
            .text("sco", token.allowance().scopes().spelled())
            .number("services", token.allowance().backendServices() ? 1 : 0)
            .number("exp", token.expiresAt())
            .number("left", token.usesLeft())
            .text("rid", "")
            .number("ttl", token.expiresAt())
            .build());
  }

  @Override
  public Optional<InitialAccessToken> find(SecretHash hash, Instant now) {
    return table
        .get(key(hash))
        .map(item -> token(hash, item))
        .filter(token -> token.usesLeft() > 0 && now.getEpochSecond() < token.expiresAt());
  }

  @Override
  public boolean use(SecretHash hash, String requestId, Instant now) {
    var update =
        Update.of(key(hash))
            .whenAfter("left", 0)
            .whenAfter("exp", now.getEpochSecond())
            .whenNot("rid", requestId)
            .set("rid", requestId)
            .increase("left", -1);
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied _ -> true;
      case DynamoTable.Write.Refused(var found) ->
          found.filter(item -> item.text("rid").equals(requestId)).isPresent();
    };
  }

  @Override
  public void remove(SecretHash hash) {
    table.delete(key(hash));
  }

  private static Key key(SecretHash hash) {
    return Key.of("I#" + hash.value());
  }

  private static InitialAccessToken token(SecretHash hash, Item item) {
    return new InitialAccessToken(
        hash,
        item.text("label"),
        new Allowance(
            IdentityLevel.valueOf(item.text("level")),
            ScopeSet.parse(item.text("sco")),
            item.number("services") == 1),
        item.number("exp"),
        Math.toIntExact(item.number("left")));
  }
}
