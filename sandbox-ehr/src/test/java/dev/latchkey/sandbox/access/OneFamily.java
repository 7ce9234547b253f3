package dev.latchkey.sandbox.access;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;

/// A store that holds one family, and counts how often it is asked.
final class OneFamily implements Families {
  static final FamilyId ID = new FamilyId("AAAAAAAAAAAAAAAAAAAAAA");
  static final ClientId CLIENT = new ClientId("demo-native");

  private Family.State state = Family.State.ACTIVE;
  private boolean isDown;
  private int reads;

  /// Revoked for as long as `during` runs.
  void revokedWhile(Runnable during) {
    state = Family.State.REVOKED;
    try {
      during.run();
    } finally {
      state = Family.State.ACTIVE;
    }
  }

  /// Out of reach for as long as `during` runs.
  void downWhile(Runnable during) {
    isDown = true;
    try {
      during.run();
    } finally {
      isDown = false;
    }
  }

  int reads() {
    return reads;
  }

  @Override
  public Optional<Family> find(FamilyId id) {
    reads++;
    if (isDown) {
      throw new IllegalStateException("connection refused");
    }
    var hash = SecretHash.of("secret");
    var family =
        new Family(
            ID, CLIENT, state, 0, hash, null, 1, 0, Long.MAX_VALUE, Long.MAX_VALUE, "r", -1, 0, 0);
    return Optional.of(family).filter(one -> one.id().equals(id));
  }

  @Override
  public boolean create(Family family, FamilyGrant grant) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public Advance advance(Presented presented, Successor successor, long now) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public boolean noteRetry(FamilyId id, int generation, int retryStreak, int retries) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public void revoke(FamilyId id, String reason, long keepUntil) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public Optional<FamilyGrant> grant(FamilyId id) {
    throw new UnsupportedOperationException("only reads");
  }
}
