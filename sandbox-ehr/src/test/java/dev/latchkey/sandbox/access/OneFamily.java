package dev.latchkey.sandbox.access;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.FamilyPage;
import dev.latchkey.family.Holding;
import dev.latchkey.family.Standing;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A store that holds one family for each user, all alike, and counts how often it is asked.
final class OneFamily implements Families, Cutoffs {
  static final FamilyId ID = new FamilyId("AAAAAAAAAAAAAAAAAAAAAA");
  static final ClientId CLIENT = new ClientId("demo-native");

  private Family.State state = Family.State.ACTIVE;
  private final Map<FamilyId, String> users = new ConcurrentHashMap<>(Map.of(ID, "Patient/kendal"));
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

  /// The family of somebody else.
  ///
  /// @param fhirUser as `Type/id`
  FamilyId of(String fhirUser) {
    var id = new FamilyId(SecretHash.of(fhirUser).value().substring(0, 22));
    users.put(id, fhirUser);
    return id;
  }

  /// What the FHIR side asks.
  Standing standing() {
    return new Standing(this, this);
  }

  @Override
  public Optional<Holding> holding(FamilyId id) {
    reads++;
    if (isDown) {
      throw new IllegalStateException("connection refused");
    }
    var hash = SecretHash.of("secret");
    var user = users.get(id);
    if (user == null) {
      return Optional.empty();
    }
    var family =
        new Family(
            id,
            CLIENT,
            state,
            0,
            hash,
            null,
            1,
            0,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            "r",
            -1,
            0,
            0,
            null);
    var grant =
        new FamilyGrant(
            id,
            CLIENT,
            "sub-1",
            user,
            ScopeSet.parse("patient/Patient.rs"),
            LaunchContext.none(),
            0,
            0,
            null);
    return Optional.of(new Holding(family, grant));
  }

  @Override
  public Map<Of, Long> find(Collection<? extends Of> of) {
    return Map.of();
  }

  @Override
  public Optional<Family> find(FamilyId id) {
    throw onlyReads();
  }

  @Override
  public void raise(Of of, long at, long keepUntil) {
    throw onlyReads();
  }

  @Override
  public boolean create(Family family, FamilyGrant grant) {
    throw onlyReads();
  }

  @Override
  public Advance advance(Presented presented, Successor successor, long now) {
    throw onlyReads();
  }

  @Override
  public Advance renew(Presented presented, long idleExpiresAt, long now) {
    throw onlyReads();
  }

  @Override
  public Advance noteRetry(FamilyId id, int generation, int retryStreak, int retries) {
    throw onlyReads();
  }

  @Override
  public void revoke(FamilyId id, String reason, long keepUntil) {
    throw onlyReads();
  }

  @Override
  public FamilyPage ofSubject(
      String subject, Optional<ClientId> app, Optional<FamilyPage.Cursor> after, int limit) {
    throw onlyReads();
  }

  private static UnsupportedOperationException onlyReads() {
    return new UnsupportedOperationException("The FHIR side only asks whether a grant stands");
  }
}
