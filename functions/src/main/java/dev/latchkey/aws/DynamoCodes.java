package dev.latchkey.aws;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.authorize.Codes;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.FamilyId;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Authorization codes in DynamoDB: `C#hash` in table `ephemeral`.
public final class DynamoCodes implements Codes {
  private static final String UNUSED = "U";
  private static final String USED = "X";

  /// How long a code is kept after its end, so that a late replay still ends what came of it.
  private static final Duration REPLAYS = Duration.ofDays(1);

  private final DynamoTable table;

  public DynamoCodes(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void issue(SecretHash code, CodeBinding binding) {
    table.put(item(key(code), binding));
  }

  @Override
  public Optional<CodeBinding> find(SecretHash code) {
    return table.get(key(code)).map(DynamoCodes::binding);
  }

  @Override
  public Redemption redeem(SecretHash code, String requestId, Instant now) {
    var update =
        Update.of(key(code))
            .when("st", UNUSED)
            .whenAfter("exp", now.getEpochSecond())
            .set("st", USED)
            .set("rid", requestId);
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied _ -> Redemption.REDEEMED;
      case DynamoTable.Write.Refused(var found) ->
          found.map(item -> refusal(item, requestId)).orElse(Redemption.UNKNOWN);
    };
  }

  /// The SDK may have sent this very request twice; then the item carries its id.
  private static Redemption refusal(Item item, String requestId) {
    if (!item.text("st").equals(USED)) {
      return Redemption.UNKNOWN;
    }
    return item.text("rid").equals(requestId) ? Redemption.REDEEMED : Redemption.REPLAYED;
  }

  private static Key key(SecretHash code) {
    return Key.of("C#" + code.value());
  }

  private static Item item(Key key, CodeBinding binding) {
    var jkt = binding.key();
    var item =
        Item.at(key)
            .text("st", UNUSED)
            .text("cid", binding.client().value())
            .text("uri", binding.redirectUri())
            .text("cch", binding.codeChallenge())
            .optionalText("nonce", binding.nonce())
            .optionalText("jkt", jkt == null ? null : jkt.value())
            .text("sco", binding.scopes().spelled())
            .text("sub", binding.subject())
            .text("usr", binding.fhirUser())
            .number("authAt", binding.authenticatedAt())
            .text("ses", binding.session().value())
            .number("sesEnd", binding.sessionEndsAt())
            .text("fid", binding.family().value())
            .number("exp", binding.expiresAt())
            .number("accEnd", binding.accessEndsAt())
            .optionalText("how", binding.assurance().written())
            .number("ttl", Lifetimes.after(binding.expiresAt(), REPLAYS));
    return LaunchAttributes.put(item, binding.launch()).build();
  }

  private static CodeBinding binding(Item item) {
    return new CodeBinding(
        new ClientId(item.text("cid")),
        item.text("uri"),
        item.text("cch"),
        item.optionalText("nonce").orElse(null),
        item.optionalText("jkt").map(KeyThumbprint::new).orElse(null),
        ScopeSet.parse(item.text("sco")),
        LaunchAttributes.read(item),
        item.text("sub"),
        item.text("usr"),
        item.number("authAt"),
        new SecretHash(item.text("ses")),
        item.number("sesEnd"),
        new FamilyId(item.text("fid")),
        item.number("exp"),
        item.optionalNumber("accEnd").orElse(Lifetimes.END_OF_TIME),
        Assurance.read(item.optionalText("how").orElse(null)));
  }
}
