package dev.latchkey.aws;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.AuthorizationRequest;
import dev.latchkey.authorize.SignInWishes;
import dev.latchkey.authorize.SignedInUser;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.http.Json;
import dev.latchkey.launch.Launch;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pending authorizations in DynamoDB: `T#handle` in table `ephemeral`.
///
/// Each conditional write leaves the id of its attempt (`by`). The SDK sends a write again when the
/// answer is lost, and the second send fails its condition; the id tells that it had worked.
public final class DynamoTransactions implements Transactions {
  private static final String PENDING = "P";
  private static final String ASK_AGAIN = "consent";
  private static final String NO_PAGE = "1";
  private static final String DECIDED = "D";

  private final DynamoTable table;
  private final Entropy entropy;

  public DynamoTransactions(DynamoTable table, Entropy entropy) {
    this.table = table;
    this.entropy = entropy;
  }

  @Override
  public void begin(Transaction transaction) {
    table.put(item(transaction));
  }

  @Override
  public Optional<Transaction> find(SecretHash handle, Instant now) {
    return table
        .get(key(handle))
        .filter(item -> item.text("st").equals(PENDING))
        .filter(item -> now.getEpochSecond() < item.number("exp"))
        .map(item -> transaction(handle, item));
  }

  @Override
  public boolean update(Transaction changed, SecretHash previousBrowser, Instant now) {
    var update =
        pending(changed.handle(), now)
            .when("brw", previousBrowser.value())
            .set("brw", changed.browser().value())
            .setOrRemove("pat", changed.patient())
            .setOrRemove("enc", changed.encounter());
    return succeeds(withUser(update, changed.user()));
  }

  @Override
  public boolean decide(SecretHash handle, Instant now) {
    return succeeds(pending(handle, now).set("st", DECIDED));
  }

  private static Update pending(SecretHash handle, Instant now) {
    return Update.of(key(handle)).when("st", PENDING).whenAfter("exp", now.getEpochSecond());
  }

  private static Update withUser(Update update, @Nullable SignedInUser user) {
    if (user == null) {
      return update.remove("usr").remove("sub").remove("authAt").remove("sesEnd").remove("how");
    }
    return update
        .set("usr", user.username())
        .set("sub", user.subject())
        .set("authAt", user.authenticatedAt())
        .set("sesEnd", user.sessionEndsAt())
        .setOrRemove("how", user.assurance().written());
  }

  private boolean succeeds(Update update) {
    var attempt = entropy.value();
    return switch (table.update(update.set("by", attempt))) {
      case DynamoTable.Write.Applied _ -> true;
      case DynamoTable.Write.Refused(var found) ->
          found.flatMap(item -> item.optionalText("by")).stream().anyMatch(attempt::equals);
    };
  }

  private static Key key(SecretHash handle) {
    return Key.of("T#" + handle.value());
  }

  private static Item item(Transaction transaction) {
    var request = transaction.request();
    var key = request.key();
    var item =
        Item.at(key(transaction.handle()))
            .text("st", PENDING)
            .text("cid", request.client().value())
            .text("uri", request.redirectUri())
            .text("sco", request.scopes().spelled())
            .text("state", request.state())
            .text("cch", request.codeChallenge())
            .optionalText("nonce", request.nonce())
            .optionalText("hint", request.wishes().loginHint())
            .optionalText("loc", request.wishes().uiLocales())
            .number("from", request.wishes().notBefore())
            .optionalText("ask", request.wishes().askAgain() ? ASK_AGAIN : null)
            .optionalText("quiet", request.wishes().noPage() ? NO_PAGE : null)
            .optionalText("who", request.wishes().subject())
            .optionalText("jkt", key == null ? null : key.value())
            .text("brw", transaction.browser().value())
            .optionalText("pat", transaction.patient())
            .optionalText("enc", transaction.encounter())
            .optionalText(
                "lau",
                transaction.ehrLaunch().map(launch -> Json.write(launch.document())).orElse(null))
            .number("exp", transaction.expiresAt())
            .number("ttl", transaction.expiresAt());
    transaction
        .signedInUser()
        .ifPresent(
            user ->
                item.text("usr", user.username())
                    .text("sub", user.subject())
                    .number("authAt", user.authenticatedAt())
                    .number("sesEnd", user.sessionEndsAt())
                    .optionalText("how", user.assurance().written()));
    return item.build();
  }

  private static Transaction transaction(SecretHash handle, Item item) {
    return new Transaction(
        handle,
        request(item),
        new SecretHash(item.text("brw")),
        item.optionalText("usr").map(username -> user(username, item)).orElse(null),
        item.optionalText("pat").orElse(null),
        item.optionalText("enc").orElse(null),
        item.optionalText("lau").map(Json::readObject).map(Launch::of).orElse(null),
        item.number("exp"));
  }

  private static AuthorizationRequest request(Item item) {
    return new AuthorizationRequest(
        new ClientId(item.text("cid")),
        item.text("uri"),
        ScopeSet.parse(item.text("sco")),
        item.text("state"),
        item.text("cch"),
        item.optionalText("nonce").orElse(null),
        new SignInWishes(
            item.optionalText("hint").orElse(null),
            item.optionalText("loc").orElse(null),
            item.optionalNumber("from").orElse(SignInWishes.ANY),
            item.optionalText("ask").isPresent(),
            item.optionalText("quiet").isPresent(),
            item.optionalText("who").orElse(null)),
        item.optionalText("jkt").map(KeyThumbprint::new).orElse(null));
  }

  private static SignedInUser user(String username, Item item) {
    return new SignedInUser(
        username,
        item.text("sub"),
        item.number("authAt"),
        item.number("sesEnd"),
        Assurance.read(item.optionalText("how").orElse(null)));
  }
}
