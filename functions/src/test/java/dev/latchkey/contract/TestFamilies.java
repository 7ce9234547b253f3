package dev.latchkey.contract;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.Families;
import dev.latchkey.family.Families.Advance;
import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.Families.Successor;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import org.jspecify.annotations.Nullable;

/// Families to test stores with. The secret of generation `n` is `s` and the number.
public final class TestFamilies {
  public static final long NOW = MutableClock.START.getEpochSecond();
  public static final long IDLE = NOW + 1000;
  public static final long ABSOLUTE = NOW + 5000;
  public static final ClientId APP = new ClientId("app");
  public static final int NEXT_KEY = 2;

  private TestFamilies() {}

  /// Generation 0, held by another app than usual.
  public static Family first(FamilyId id, ClientId client, String requestId) {
    return first(id, client, requestId, IDLE, ABSOLUTE, null);
  }

  /// Generation 0.
  public static Family first(FamilyId id, String requestId) {
    return first(id, requestId, IDLE, ABSOLUTE);
  }

  public static Family first(
      FamilyId id, String requestId, long idleExpiresAt, long absoluteExpiresAt) {
    return first(id, APP, requestId, idleExpiresAt, absoluteExpiresAt, null);
  }

  private static Family first(
      FamilyId id,
      ClientId client,
      String requestId,
      long idleExpiresAt,
      long absoluteExpiresAt,
      @Nullable KeyThumbprint key) {
    return new Family(
        id,
        client,
        Family.State.ACTIVE,
        0,
        secretHash(0),
        null,
        1,
        NOW,
        idleExpiresAt,
        absoluteExpiresAt,
        requestId,
        -1,
        0,
        0,
        key);
  }

  /// Generation 0, bound to a key.
  public static Family bound(FamilyId id, String requestId, KeyThumbprint key) {
    return first(id, APP, requestId, IDLE, ABSOLUTE, key);
  }

  public static FamilyGrant grant(FamilyId id, ScopeSet scopes) {
    return new FamilyGrant(
        id, APP, "sub-1", "Patient/ana", scopes, TestLaunches.full(), NOW - 60, NOW, null);
  }

  public static SecretHash secretHash(int generation) {
    return SecretHash.of("s" + generation);
  }

  /// Presents the live token of a family as it was seen.
  public static Advance advance(Families families, Family seen, String requestId, long now) {
    var presented = new Presented(seen.id(), seen.generation(), seen.currentHash(), APP, null);
    return families.advance(presented, successor(seen.generation(), requestId, now), now);
  }

  public static Successor successor(int generation, String requestId, long now) {
    return new Successor(secretHash(generation + 1), NEXT_KEY, IDLE + now - NOW, requestId);
  }

  /// The family that a refused write found.
  public static Family found(Advance advance) {
    return switch (advance) {
      case Advance.Advanced _ -> throw new AssertionError("It advanced");
      case Advance.Refused(var found) -> found.orElseThrow();
    };
  }
}
