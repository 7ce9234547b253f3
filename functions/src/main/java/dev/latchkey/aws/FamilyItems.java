package dev.latchkey.aws;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;

/// The two items of a family: `F`, small and rewritten by each refresh, and `G`, written once.
/// Attribute names are short because each rotation pays for the bytes.
final class FamilyItems {
  static final String ACTIVE = "A";
  static final String REVOKED = "R";

  private FamilyItems() {}

  static Key familyKey(FamilyId id) {
    return Key.of("F#" + id, "F");
  }

  static Key grantKey(FamilyId id) {
    return Key.of("F#" + id, "G");
  }

  static Item write(Family family) {
    var end = Math.min(family.idleExpiresAt(), family.absoluteExpiresAt());
    var previous = family.previousHash();
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
        integer(item, "gn", 0));
  }

  static Item write(FamilyGrant grant, Family family) {
    return Item.at(grantKey(grant.id()))
        .text("gpk", "U#" + grant.subject())
        .text("gsk", grant.client() + "#" + grant.id())
        .text("cid", grant.client().value())
        .text("sub", grant.subject())
        .text("usr", grant.fhirUser())
        .text("sco", grant.scopes().spelled())
        .optionalText("pat", grant.launch().patient())
        .number("authAt", grant.authenticatedAt())
        .number("at", grant.createdAt())
        .number("ttl", Lifetimes.after(family.absoluteExpiresAt(), Lifetimes.EVIDENCE))
        .build();
  }

  static FamilyGrant readGrant(FamilyId id, Item item) {
    return new FamilyGrant(
        id,
        new ClientId(item.text("cid")),
        item.text("sub"),
        item.text("usr"),
        ScopeSet.parse(item.text("sco")),
        new LaunchContext(item.optionalText("pat").orElse(null)),
        item.number("authAt"),
        item.number("at"));
  }

  private static int integer(Item item, String name, int absent) {
    return Math.toIntExact(item.optionalNumber(name).orElse((long) absent));
  }
}
