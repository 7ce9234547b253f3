package dev.latchkey.aws;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.FamilyPage.Cursor;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;

/// The two items of a family: `F`, small and rewritten by each refresh, and `G`, written once.
/// Attribute names are short because each rotation pays for the bytes.
final class FamilyItems {
  static final String ACTIVE = "A";
  static final String REVOKED = "R";

  /// The keys of the index of a user's families. They stand on the grants, which no refresh writes.
  static final String USER = "gpk";

  static final String USER_SORT = "gsk";

  private FamilyItems() {}

  static String partition(FamilyId id) {
    return "F#" + id;
  }

  static Key familyKey(FamilyId id) {
    return Key.of(partition(id), "F");
  }

  static Key grantKey(FamilyId id) {
    return Key.of(partition(id), "G");
  }

  static String user(String subject) {
    return "U#" + subject;
  }

  /// Families of one app stand together.
  static String place(ClientId client, FamilyId id) {
    return client + "#" + id;
  }

  /// The whole key of a place in the index.
  static Item indexKey(String subject, Cursor cursor) {
    return Item.at(grantKey(cursor.family()))
        .text(USER, user(subject))
        .text(USER_SORT, place(cursor.client(), cursor.family()))
        .build();
  }

  /// The place that a key of the index stands for.
  static Cursor cursor(Item indexKey) {
    var place = indexKey.text(USER_SORT);
    var end = place.length() - FamilyId.LENGTH;
    return new Cursor(
        new ClientId(place.substring(0, end - 1)), new FamilyId(place.substring(end)));
  }

  static Item write(Family family) {
    var end = Math.min(family.idleExpiresAt(), family.absoluteExpiresAt());
    var previous = family.previousHash();
    var key = family.key();
    return Item.at(familyKey(family.id()))
        .text("st", family.state() == Family.State.ACTIVE ? ACTIVE : REVOKED)
        .text("cid", family.client().value())
        .number("gen", family.generation())
        .text("hc", family.currentHash().value())
        .optionalText("hp", previous == null ? null : previous.value())
        .number("nk", family.keyId())
        .number("rotAt", family.rotatedAt())
        .number("idleExp", family.idleExpiresAt())
        .number("absExp", family.absoluteExpiresAt())
        .text("rid", family.requestId())
        .number("gg", family.retriedGeneration())
        .number("gs", family.retryStreak())
        .number("gn", family.retries())
        .optionalText("jkt", key == null ? null : key.value())
        .number("ttl", Lifetimes.after(end, Lifetimes.EVIDENCE))
        .build();
  }

  /// Reads a family, or the tombstone that a revocation left where there was none: it has a state
  /// and nothing else.
  static Family readFamily(FamilyId id, Item item) {
    return new Family(
        id,
        new ClientId(item.optionalText("cid").orElse("")),
        item.text("st").equals(ACTIVE) ? Family.State.ACTIVE : Family.State.REVOKED,
        integer(item, "gen", -1),
        new SecretHash(item.optionalText("hc").orElse("")),
        item.optionalText("hp").map(SecretHash::new).orElse(null),
        integer(item, "nk", 0),
        item.optionalNumber("rotAt").orElse(0L),
        item.optionalNumber("idleExp").orElse(0L),
        item.optionalNumber("absExp").orElse(0L),
        item.optionalText("rid").orElse(""),
        integer(item, "gg", -1),
        integer(item, "gs", 0),
        integer(item, "gn", 0),
        item.optionalText("jkt").map(KeyThumbprint::new).orElse(null));
  }

  static Item write(FamilyGrant grant, Family family) {
    var session = grant.session();
    var item =
        Item.at(grantKey(grant.id()))
            .text(USER, user(grant.subject()))
            .text(USER_SORT, place(grant.client(), grant.id()))
            .text("cid", grant.client().value())
            .text("sub", grant.subject())
            .text("usr", grant.fhirUser())
            .text("sco", grant.scopes().spelled())
            .number("authAt", grant.authenticatedAt())
            .number("at", grant.createdAt())
            .optionalText("ses", session == null ? null : session.value())
            .number("ttl", Lifetimes.after(family.absoluteExpiresAt(), Lifetimes.EVIDENCE));
    return LaunchAttributes.put(item, grant.launch()).build();
  }

  static FamilyGrant readGrant(FamilyId id, Item item) {
    return new FamilyGrant(
        id,
        new ClientId(item.text("cid")),
        item.text("sub"),
        item.text("usr"),
        ScopeSet.parse(item.text("sco")),
        LaunchAttributes.read(item),
        item.number("authAt"),
        item.number("at"),
        item.optionalText("ses").map(SecretHash::new).orElse(null));
  }

  private static int integer(Item item, String name, int absent) {
    return Math.toIntExact(item.optionalNumber(name).orElse((long) absent));
  }
}
