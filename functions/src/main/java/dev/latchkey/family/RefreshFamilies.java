package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families.Advance;
import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.Families.Successor;
import dev.latchkey.family.RotationRules.Finding;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.Entropy;

/// Refresh-token families: each has at most one live token, and notices when two parties hold it.
public final class RefreshFamilies {
  private final Families families;
  private final TokenKeys keys;
  private final Entropy entropy;

  public RefreshFamilies(Families families, TokenKeys keys, Entropy entropy) {
    this.families = families;
    this.keys = keys;
    this.entropy = entropy;
  }

  /// A family's first state and the secret of its first token.
  public record Start(Family family, RefreshToken token) {}

  /// Makes generation 0. Nothing is stored yet.
  ///
  /// @param now seconds since the epoch
  public Start start(
      FamilyId id, ClientId client, Lifetimes lifetimes, long absoluteEnd, long now) {
    var key = keys.current();
    var token = new RefreshToken(key.id(), id, 0, entropy.bytes(RefreshTokenFormat.SECRET_BYTES));
    var family =
        new Family(
            id,
            client,
            Family.State.ACTIVE,
            0,
            token.hash(),
            null,
            key.id(),
            now,
            Lifetimes.after(now, lifetimes.idle()),
            absoluteEnd,
            entropy.value(),
            -1,
            0,
            0);
    return new Start(family, token);
  }

  /// The token as the client gets it.
  public String write(RefreshToken token) {
    return RefreshTokenFormat.write(token, key(token.keyId()));
  }

  /// Presents a token for its successor: one conditional write, and a second one only for a retry.
  ///
  /// @param now seconds since the epoch
  public Rotation rotate(
      RefreshToken token, ClientId client, RotationRules rules, Lifetimes lifetimes, long now) {
    var presented = new Presented(token.family(), token.generation(), token.hash(), client);
    var key = keys.current();
    var next = successor(token, key);
    var requestId = entropy.value();
    var idle = Lifetimes.after(now, lifetimes.idle());
    var write = new Successor(next.hash(), key.id(), idle, requestId);
    return switch (families.advance(presented, write, now)) {
      case Advance.Advanced(var family) -> new Rotation.Rotated(next, family, false);
      case Advance.Refused(var found) ->
          settle(token, rules.judge(presented, found, requestId, now), now);
    };
  }

  private Rotation settle(RefreshToken token, Finding finding, long now) {
    return switch (finding) {
      case Finding.Landed(var family) -> again(token, family);
      case Finding.Retry(var family, int streak, int retries) ->
          families.noteRetry(family.id(), token.generation(), streak, retries)
              ? again(token, family)
              : new Rotation.Dead();
      case Finding.Refusal(var rotation) -> {
        if (rotation instanceof Rotation.Reused) {
          revoke(token.family(), "reuse", now);
        } else if (rotation instanceof Rotation.Shadowed) {
          revoke(token.family(), "shadow", now);
        }
        yield rotation;
      }
    };
  }

  /// The successor that was handed out before, made again from the token and the key that derived
  /// it.
  private Rotation again(RefreshToken token, Family family) {
    var next = successor(token, key(family.keyId()));
    return next.hash().equals(family.currentHash())
        ? new Rotation.Rotated(next, family, true)
        : new Rotation.Impossible("unknown_successor");
  }

  private static RefreshToken successor(RefreshToken token, TokenKey key) {
    var generation = token.generation() + 1;
    var secret = RefreshTokenFormat.successor(key, token.family(), generation, token.secret());
    return new RefreshToken(key.id(), token.family(), generation, secret);
  }

  /// Revokes a family and keeps the evidence for a while.
  public void revoke(FamilyId id, String reason, long now) {
    families.revoke(id, reason, Lifetimes.after(now, Lifetimes.EVIDENCE));
  }

  private TokenKey key(int id) {
    return keys.find(id)
        .orElseThrow(() -> new IllegalStateException("Token key " + id + " is gone"));
  }
}
