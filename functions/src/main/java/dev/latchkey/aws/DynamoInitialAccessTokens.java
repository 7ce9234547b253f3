package dev.latchkey.aws;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.InitialAccessToken;
import dev.latchkey.registration.InitialAccessTokens;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/// Initial access tokens in DynamoDB: `I#hash` in table `ephemeral`, which has too much else in it
/// to be searched. So their names are a partition of table `registry`: a name may be there without
/// its token and says nothing then, but no token is without its name.
public final class DynamoInitialAccessTokens implements InitialAccessTokens {
  private static final String PREFIX = "I#";
  private static final String NAMES = "I";

  /// DynamoDB reads no more at once.
  private static final int BATCH = 100;

  private final DynamoTable table;
  private final DynamoTable registry;

  public DynamoInitialAccessTokens(DynamoTable ephemeral, DynamoTable registry) {
    this.table = ephemeral;
    this.registry = registry;
  }

  @Override
  public void issue(InitialAccessToken token) {
    registry.put(Item.at(name(token.hash())).number("ttl", token.expiresAt()).build());
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
    return table.get(key(hash)).map(item -> token(hash, item)).filter(token -> token.isUsable(now));
  }

  @Override
  public List<InitialAccessToken> list(Instant now) {
    return registry.partition(NAMES).stream()
        .map(item -> new SecretHash(item.text("sk")))
        .gather(Gatherers.windowFixed(BATCH))
        .flatMap(
            hashes ->
                table.getAll(hashes.stream().map(DynamoInitialAccessTokens::key).toList()).stream())
        .map(item -> token(hash(item), item))
        .filter(token -> token.isUsable(now))
        .sorted(InitialAccessToken.BY_END)
        .toList();
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
    registry.delete(name(hash));
  }

  private static Key key(SecretHash hash) {
    return Key.of(PREFIX + hash.value());
  }

  private static Key name(SecretHash hash) {
    return Key.of(NAMES, hash.value());
  }

  private static SecretHash hash(Item item) {
    return new SecretHash(item.text("pk").substring(PREFIX.length()));
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
