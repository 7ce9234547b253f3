package dev.latchkey.aws;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.FamilyPage;
import dev.latchkey.family.FamilyPage.Cursor;
import dev.latchkey.family.Holding;
import dev.latchkey.policy.Lifetimes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        live(presented, now)
            .set("gen", presented.generation() + 1L)
            .set("hp", presented.hash().value())
            .set("hc", successor.hash().value())
            .set("nk", successor.keyId())
            .set("rotAt", now)
            .set("idleExp", successor.idleExpiresAt())
            .set("rid", successor.requestId())
            .set("ttl", Lifetimes.after(successor.idleExpiresAt(), Lifetimes.EVIDENCE));
    return advance(update, presented.family());
  }

  /// What must hold for a refresh, whatever it changes.
  private static Update live(Presented presented, long now) {
    var key = presented.key();
    return Update.of(FamilyItems.familyKey(presented.family()))
        .when("st", FamilyItems.ACTIVE)
        .when("gen", presented.generation())
        .when("hc", presented.hash().value())
        .when("cid", presented.client().value())
        .whenSame("jkt", key == null ? null : key.value())
        .whenAfter("idleExp", now)
        .whenAfter("absExp", now);
  }

  private Advance advance(Update update, FamilyId id) {
    return switch (table.update(update)) {
      case DynamoTable.Write.Applied(var item) ->
          new Advance.Advanced(FamilyItems.readFamily(id, item));
      case DynamoTable.Write.Refused(var found) ->
          new Advance.Refused(found.map(item -> FamilyItems.readFamily(id, item)));
    };
  }

  @Override
  public Advance renew(Presented presented, long idleExpiresAt, long now) {
    return advance(
        live(presented, now)
            .set("rotAt", now)
            .set("idleExp", idleExpiresAt)
            .set("ttl", Lifetimes.after(idleExpiresAt, Lifetimes.EVIDENCE)),
        presented.family());
  }

  @Override
  public Advance noteRetry(FamilyId id, int generation, int retryStreak, int retries) {
    var update =
        Update.of(FamilyItems.familyKey(id))
            .when("st", FamilyItems.ACTIVE)
            .when("gen", generation + 1L)
            .set("gg", generation)
            .set("gs", retryStreak)
            .set("gn", retries);
    return advance(update, id);
  }

  /// The revocation counts from the first write on. The second takes the grant off the list.
  @Override
  public void revoke(FamilyId id, String reason, long keepUntil) {
    var _ =
        table.update(
            Update.of(FamilyItems.familyKey(id))
                .set("st", FamilyItems.REVOKED)
                .setIfAbsent("why", reason)
                .set("ttl", keepUntil));
    var _ =
        table.update(
            Update.of(FamilyItems.grantKey(id))
                .whenPresent("sub")
                .remove(FamilyItems.USER)
                .remove(FamilyItems.USER_SORT)
                .set("ttl", keepUntil));
  }

  @Override
  public Optional<Family> find(FamilyId id) {
    return table.get(FamilyItems.familyKey(id)).map(item -> FamilyItems.readFamily(id, item));
  }

  @Override
  public Optional<Holding> holding(FamilyId id) {
    return holding(id, table.partition(FamilyItems.partition(id)));
  }

  /// One query of the index, which holds keys alone, and one read of all that they name.
  @Override
  public FamilyPage ofSubject(
      String subject, Optional<ClientId> app, Optional<Cursor> after, int limit) {
    var page =
        table.query(
            new IndexQuery(
                FamilyItems.user(subject),
                app.map(client -> client + "#"),
                after.map(cursor -> FamilyItems.indexKey(subject, cursor)),
                limit));
    var ids = page.items().stream().map(FamilyItems::cursor).map(Cursor::family).toList();
    var items =
        table.getAll(
            ids.stream()
                .flatMap(id -> Stream.of(FamilyItems.familyKey(id), FamilyItems.grantKey(id)))
                .toList());
    var holdings =
        ids.stream()
            .flatMap(id -> holding(id, items).stream())
            .filter(holding -> holding.family().state() == Family.State.ACTIVE)
            .filter(holding -> app.isEmpty() || app.get().equals(holding.grant().client()))
            .toList();
    return new FamilyPage(holdings, page.last().map(FamilyItems::cursor));
  }

  private static Optional<Holding> holding(FamilyId id, List<Item> items) {
    var family = item(items, FamilyItems.familyKey(id));
    var grant = item(items, FamilyItems.grantKey(id));
    return family.isPresent() && grant.isPresent()
        ? Optional.of(
            new Holding(
                FamilyItems.readFamily(id, family.get()), FamilyItems.readGrant(id, grant.get())))
        : Optional.empty();
  }

  private static Optional<Item> item(List<Item> items, Key key) {
    return items.stream().filter(item -> item.isAt(key)).findFirst();
  }
}
