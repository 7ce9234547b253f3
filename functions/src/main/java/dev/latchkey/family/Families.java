package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refresh-token families (table `families`, items `F` and `G` of `F#id`). Each method is one
/// atomic act on one family.
public interface Families {
  /// Keeps a new grant and its family. Returns false, leaving the family as it is, when one of that
  /// id exists already: a replayed code may have left a revoked tombstone first.
  boolean create(Family family, FamilyGrant grant);

  /// The one write of a refresh. Moves the family from the presented generation to the next, if it
  /// is active, still at `presented.generation()` with `presented.hash()`, held by that client,
  /// bound to that key or to none as presented, and not past its times at `now`.
  Advance advance(Presented presented, Successor successor, long now);

  /// As [#advance] for a client whose token stays: moves the idle limit, and leaves the generation
  /// and the token as they are.
  Advance renew(Presented presented, long idleExpiresAt, long now);

  /// Notes that `generation` was asked for again inside its window, if the family is still active
  /// and at `generation + 1`.
  Advance noteRetry(FamilyId id, int generation, int retryStreak, int retries);

  /// Revokes the family, and takes it off its user's list. When there is none yet, leaves a revoked
  /// tombstone in its place until `keepUntil`, so that a creation under way fails. Revoking twice
  /// is no error.
  ///
  /// @param reason one word for operators: `reuse`, `shadow`, `client`, `code`, `user`, `operator`
  /// @param keepUntil seconds since the epoch after which a store may forget the family
  void revoke(FamilyId id, String reason, long keepUntil);

  /// The family as it is, with a consistent read. A tombstone reads as a revoked family of
  /// generation -1.
  Optional<Family> find(FamilyId id);

  /// Both halves of a grant, with one consistent read. Empty for a tombstone.
  Optional<Holding> holding(FamilyId id);

  /// What a user allowed, in the order of the apps' ids. Revoked families are left out as far as
  /// the store knows of them; those past their times may still be among them. A family that was
  /// made a moment ago may not be there yet.
  ///
  /// @param app only what was allowed to this app; empty for all
  /// @param after the last family of the page before; empty for the first page
  /// @param limit most families of a page, 1 to 50
  FamilyPage ofSubject(
      String subject, Optional<ClientId> app, Optional<FamilyPage.Cursor> after, int limit);

  /// The token that a client presents, after its MAC was checked.
  ///
  /// @param key that the client proved to hold; null for none, and for a client that authenticates
  record Presented(
      FamilyId family,
      int generation,
      SecretHash hash,
      ClientId client,
      @Nullable KeyThumbprint key) {}

  /// What the family becomes.
  ///
  /// @param hash of the next secret
  /// @param keyId the token key that derived it
  /// @param idleExpiresAt the new idle limit, seconds since the epoch
  /// @param requestId of this request
  record Successor(SecretHash hash, int keyId, long idleExpiresAt, String requestId) {}

  /// How the one write ended.
  sealed interface Advance {
    /// The family is now at the next generation.
    record Advanced(Family family) implements Advance {}

    /// The condition did not hold.
    ///
    /// @param found the family as the write found it; empty when there is none
    record Refused(Optional<Family> found) implements Advance {}
  }
}
