package dev.latchkey.family;

import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.family.Families.Advance;
import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.Families.Successor;
import dev.latchkey.family.RotationTable.Finding;
import dev.latchkey.http.Unavailable;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.RetryPolicy;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;
import dev.latchkey.secret.Entropy;

/// Refresh-token families: each has at most one live token, and notices when two parties hold it.
public final class RefreshFamilies {
  private final Families families;
  private final TokenKeys keys;
  private final OperatorEvents events;
  private final Entropy entropy;

  public RefreshFamilies(
      Families families, TokenKeys keys, OperatorEvents events, Entropy entropy) {
    this.families = families;
    this.keys = keys;
    this.events = events;
    this.entropy = entropy;
  }

  /// A family's first state and its first token.
  public record Start(Family family, RefreshToken token) {}

  /// Makes generation 0. Nothing is stored yet.
  ///
  /// @param absoluteEnd seconds since the epoch
  /// @param now seconds since the epoch
  public Start start(FamilyId id, Holder holder, GrantPolicy policy, long absoluteEnd, long now) {
    var key = keys.current();
    var token = new RefreshToken(key.id(), id, 0, entropy.bytes(RefreshTokenFormat.SECRET_BYTES));
    var family =
        new Family(
            id,
            holder.client(),
            Family.State.ACTIVE,
            0,
            token.hash(),
            null,
            key.id(),
            now,
            Lifetimes.after(now, policy.idle()),
            absoluteEnd,
            entropy.value(),
            -1,
            0,
            0,
            holder.key());
    return new Start(family, token);
  }

  /// The token as the client gets it.
  public String write(RefreshToken token) {
    return RefreshTokenFormat.write(
        token,
        keys.find(token.keyId()).orElseThrow(() -> new Unavailable("Token key " + token.keyId())));
  }

  /// Presents a token for its successor: one conditional write, and a second one only for a retry.
  ///
  /// @param arrival the family as it was when the request arrived
  /// @param now when that was, seconds since the epoch
  public Rotation rotate(
      RefreshToken token, Holder holder, Family arrival, GrantPolicy policy, long now) {
    var presentation = present(token, holder, arrival, policy, now);
    return settle(presentation, attempt(presentation));
  }

  /// Works out what the token leads to. Nothing is stored yet.
  Presentation present(
      RefreshToken token, Holder holder, Family arrival, GrantPolicy policy, long now) {
    var key = keys.current();
    var next = policy.rotation() == TokenRotation.NEVER ? token : successor(token, key);
    return new Presentation(
        token,
        new Presented(
            token.family(), token.generation(), token.hash(), holder.client(), holder.key()),
        next,
        new Successor(next.hash(), key.id(), Lifetimes.after(now, policy.idle()), entropy.value()),
        arrival,
        policy,
        now);
  }

  /// The one write.
  Finding attempt(Presentation presentation) {
    return switch (write(presentation)) {
      case Advance.Advanced(var family) -> new Finding.Advanced(family);
      case Advance.Refused(var found) -> RotationTable.judge(presentation, found);
    };
  }

  private Advance write(Presentation presentation) {
    var presented = presentation.presented();
    var successor = presentation.successor();
    return switch (presentation.policy().rotation()) {
      case EVERY_USE -> families.advance(presented, successor, presentation.now());
      case NEVER -> families.renew(presented, successor.idleExpiresAt(), presentation.now());
    };
  }

  /// What follows from the one write.
  Rotation settle(Presentation presentation, Finding finding) {
    return switch (finding) {
      case Finding.Advanced(var family) -> new Rotation.Rotated(presentation.next(), family);
      case Finding.Landed(var family) -> again(presentation, family);
      case Finding.Retry retry -> note(presentation, retry);
      case Finding.Refusal(var rotation) -> refuse(presentation, rotation);
    };
  }

  private Rotation note(Presentation presentation, Finding.Retry retry) {
    var token = presentation.token();
    var noted =
        families.noteRetry(token.family(), token.generation(), retry.streak(), retry.retries());
    return switch (noted) {
      case Advance.Advanced(var family) -> {
        if (retry.streak() == RetryPolicy.SHADOW_SUSPECTED && retry.retries() == 1) {
          report(OperatorEvent.Kind.SHADOW_SUSPECTED, presentation);
        }
        yield again(presentation, family);
      }
      case Advance.Refused(var found) ->
          found.filter(family -> family.isLive(presentation.now())).isPresent()
              ? new Rotation.Overtaken()
              : new Rotation.Dead();
    };
  }

  private Rotation refuse(Presentation presentation, Rotation rotation) {
    switch (rotation) {
      case Rotation.Reused _ -> {
        report(OperatorEvent.Kind.REUSE, presentation);
        if (presentation.policy().onReuse() == ReuseResponse.REVOKE) {
          revoke(presentation.token().family(), "reuse", presentation.now());
        }
      }
      case Rotation.Shadowed _ -> {
        report(OperatorEvent.Kind.SHADOW, presentation);
        revoke(presentation.token().family(), "shadow", presentation.now());
      }
      case Rotation.GenerationAhead _ -> report(OperatorEvent.Kind.GENERATION_AHEAD, presentation);
      case Rotation.UnknownSecret _ -> report(OperatorEvent.Kind.UNKNOWN_SECRET, presentation);
      case Rotation.Rotated _,
          Rotation.Dead _,
          Rotation.WrongHolder _,
          Rotation.WrongKey _,
          Rotation.Looping _,
          Rotation.Overtaken _ -> {}
    }
    return rotation;
  }

  /// The successor that was handed out before, made again from the token and the key that derived
  /// it. When that key was retired since, the successor is as dead as every token made with it.
  private Rotation again(Presentation presentation, Family family) {
    var next = keys.find(family.keyId()).map(key -> successor(presentation.token(), key));
    if (next.isEmpty()) {
      return new Rotation.Dead();
    }
    if (!next.get().hash().equals(family.currentHash())) {
      return refuse(presentation, new Rotation.UnknownSecret());
    }
    return new Rotation.Rotated(next.get(), family);
  }

  private static RefreshToken successor(RefreshToken token, TokenKey key) {
    var generation = token.generation() + 1;
    var secret = RefreshTokenFormat.successor(key, token.family(), generation, token.secret());
    return new RefreshToken(key.id(), token.family(), generation, secret);
  }

  private void report(OperatorEvent.Kind kind, Presentation presentation) {
    var presented = presentation.presented();
    events.report(
        new OperatorEvent(
            kind, presented.client().value(), presented.family().value(), presented.generation()));
  }

  /// Revokes a family and keeps the evidence for a while.
  ///
  /// @param reason one word for operators, see [Families#revoke]
  /// @param now seconds since the epoch
  public void revoke(FamilyId id, String reason, long now) {
    families.revoke(id, reason, Lifetimes.after(now, Lifetimes.EVIDENCE));
  }
}
