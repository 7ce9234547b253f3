package dev.latchkey.events;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.RefreshTokenFormat;
import dev.latchkey.family.TokenKey;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Stores;
import org.jspecify.annotations.Nullable;

/// The grants of the [World], each in another state.
///
/// @param tokenKey what their refresh tokens are made with
record Keys(Stores stores, long now, TokenKey tokenKey) {
  void seed() {
    // Token 3 is live; token 2 was exchanged ten minutes ago.
    family(
        "active", World.NATIVE, 3, secret("active", 3), secret("active", 2), now - 600, now + 3600);
    // Token 0 was exchanged ten seconds ago, and its successor has not been used.
    family(
        "rotated", World.NATIVE, 1, next("rotated", 0), secret("rotated", 0), now - 10, now + 3600);
    family("expired", World.NATIVE, 0, secret("expired", 0), null, now - 600, now);
    family("web", World.WEB, 0, secret("web", 0), null, now - 600, now + 3600);
    family("of-used-code", World.NATIVE, 0, secret("of-used-code", 0), null, now - 10, now + 3600);
    family("revoked", World.NATIVE, 0, secret("revoked", 0), null, now - 600, now + 3600);
    var first = secret("of-maria", 0);
    family(
        "of-maria", World.NATIVE, "subject-of-maria", 0, first, null, now - 600, now + 3600, null);
    var key = SignedTokens.DPOP_KEY.thumbprint();
    var bound = secret("bound", 0);
    family("bound", World.NATIVE, "subject-of-ana", 0, bound, null, now - 600, now + 3600, key);
    stores.families().revoke(World.familyId("revoked"), "user", now + 3600);
  }

  private void family(
      String name,
      ClientId client,
      int generation,
      byte[] current,
      byte @Nullable [] previous,
      long rotatedAt,
      long idleExpiresAt) {
    var subject = "subject-of-ana";
    family(name, client, subject, generation, current, previous, rotatedAt, idleExpiresAt, null);
  }

  private void family(
      String name,
      ClientId client,
      String subject,
      int generation,
      byte[] current,
      byte @Nullable [] previous,
      long rotatedAt,
      long idleExpiresAt,
      @Nullable KeyThumbprint key) {
    var id = World.familyId(name);
    var family =
        new Family(
            id,
            client,
            Family.State.ACTIVE,
            generation,
            SecretHash.of(current),
            previous == null ? null : SecretHash.of(previous),
            1,
            rotatedAt,
            idleExpiresAt,
            now + 86_400,
            "earlier",
            -1,
            0,
            0,
            key);
    var grant =
        new FamilyGrant(
            id,
            client,
            subject,
            "Patient/ana",
            client.equals(World.NATIVE) && key == null
                ? ScopeSet.parse(World.SCOPES).whileOnline()
                : ScopeSet.parse(World.SCOPES),
            new LaunchContext("ana"),
            now - 3600,
            now - 3600,
            client.equals(World.NATIVE) && key == null ? SecretHash.of("session") : null);
    if (!stores.families().create(family, grant)) {
      throw new IllegalStateException("The tables of this world are not new");
    }
  }

  private static byte[] secret(String family, int generation) {
    return World.sha256("not-a-secret " + family + " " + generation);
  }

  private byte[] next(String family, int generation) {
    return RefreshTokenFormat.successor(
        tokenKey, World.familyId(family), generation + 1, secret(family, generation));
  }
}
