package dev.latchkey.aws;

import dev.latchkey.family.Families;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.policy.Lifetimes;
import java.util.Optional;

/// Families in DynamoDB: two items under `F#id` in table `families`.
public final class DynamoFamilies implements Families {
  private final DynamoTable table;

  public DynamoFamilies(DynamoTable table) {
    this.table = table;
  }

  /// The grant goes first: a family that can be found then always has one. A grant that is there
  /// already belongs to the same code, so it stays.
  @Override
  public boolean create(Family family, FamilyGrant grant) {
    var _ = table.putIfAbsent(FamilyItems.grantKey(grant.id()), FamilyItems.write(grant, family));
    return switch (table.putIfAbsent(
        FamilyItems.familyKey(family.id()), FamilyItems.write(family))) {
      case DynamoTable.Write.Applied _ -> true;
      // The SDK may have sent this very write twice; then the item carries this request's id.
      case DynamoTable.Write.Refused(var found) ->
          found.flatMap(item -> item.optionalText("rid")).stream()
              .anyMatch(family.requestId()::equals);
    };
  }

  @Override
  public Advance advance(Presented presented, Successor successor, long now) {
    var update =
        Update.of(FamilyItems.familyKey(presented.family()))
            .when("st", FamilyItems.ACTIVE)
            .when("gen", presented.generation())
            .when("hc", presented.hash().value())
            .when("cid", presented.client().value())
            .whenAfter("idleExp", now)
            .whenAfter("absExp", now)
            .set("gen", presented.generation() + 1L)
            .set("hp", presented.hash().value())
            .set("hc", successor.hash().value())
            .set("nk", successor.keyId())
            .set("rotAt", now)
            .set("idleExp", successor.idleExpiresAt())
            .set("rid", successor.requestId())
            .set("ttl", Lifetimes.after(successor.idleExpiresAt(), Lifetimes.EVIDENCE));
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied(var item) ->
          new Advance.Advanced(FamilyItems.readFamily(presented.family(), item));
      case DynamoTable.Write.Refused(var found) ->
          new Advance.Refused(found.map(item -> FamilyItems.readFamily(presented.family(), item)));
    };
  }

  @Override
  public boolean noteRetry(FamilyId id, int generation, int retryStreak, int retries) {
    var update =
        Update.of(FamilyItems.familyKey(id))
            .when("st", FamilyItems.ACTIVE)
            .when("gen", generation + 1L)
            .set("gg", generation)
            .set("gs", retryStreak)
            .set("gn", retries);
    return table.update(update) instanceof DynamoTable.Write.Applied;
  }

  @Override
  public void revoke(FamilyId id, String reason, long keepUntil) {
    var _ =
        table.update(
            Update.of(FamilyItems.familyKey(id))
                .set("st", FamilyItems.REVOKED)
                .setIfAbsent("why", reason)
                .set("ttl", keepUntil));
  }

  @Override
  public Optional<Family> find(FamilyId id) {
    return table.get(FamilyItems.familyKey(id)).map(item -> FamilyItems.readFamily(id, item));
  }

  @Override
  public Optional<FamilyGrant> grant(FamilyId id) {
    return table.get(FamilyItems.grantKey(id)).map(item -> FamilyItems.readGrant(id, item));
  }
}
