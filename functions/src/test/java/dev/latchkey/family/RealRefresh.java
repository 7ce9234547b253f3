package dev.latchkey.family;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.aws.DynamoCutoffs;
import dev.latchkey.aws.DynamoFamilies;
import dev.latchkey.aws.InMemoryDynamoDb;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.TestFamilies;
import dev.latchkey.family.RotationTable.Finding;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ScopeSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;

/// One family in the hands of the real code: the decisions of this package, the DynamoDB stores
/// with their expressions, and a table in memory below them. A mutant overrides what it breaks.
class RealRefresh {
  static final ClientId APP = TestFamilies.APP;
  static final Holder OWNER = new Holder(APP, null);
  static final Holder OWNER_WITH_KEY = new Holder(APP, new KeyThumbprint("k".repeat(43)));
  static final Holder WITHOUT_THE_KEY = new Holder(APP, new KeyThumbprint("t".repeat(43)));
  static final Holder ANOTHER_APP = new Holder(new ClientId("another app"), null);

  /// The patient allowed it a minute ago. A cut-off by a clock that is behind the time of the grant
  /// would miss it.
  static final long START = TestFamilies.NOW + 60;

  private static final FamilyId ID = FamilyId.of(new byte[FamilyId.BYTES]);
  private static final FamilyGrant GRANT = TestFamilies.grant(ID, ScopeSet.parse("offline_access"));

  private final InMemoryDynamoDb table;
  private final Families families;
  private final Cutoffs cutoffs;
  private final Standing standing;
  private final RefreshFamilies refreshFamilies;
  private long random;

  RealRefresh(InMemoryDynamoDb table) {
    this(table, new TestTokenKeys());
  }

  RealRefresh(InMemoryDynamoDb table, TokenKeys keys) {
    this.table = table;
    var stored = new AwsClients(table, Faults.unreachable(KmsClient.class)).table("families");
    families = new DynamoFamilies(stored);
    cutoffs = new DynamoCutoffs(stored);
    standing = new Standing(families, cutoffs);
    refreshFamilies =
        new RefreshFamilies(
            families,
            keys,
            _ -> {},
            length -> ByteBuffer.allocate(length).putLong(length - Long.BYTES, ++random).array());
  }

  /// All that is stored.
  ///
  /// @param family as the store reads it
  record Stored(InMemoryDynamoDb.Snapshot snapshot, Family family, boolean isCutOff) {
    boolean isRevoked() {
      return family.state() == Family.State.REVOKED;
    }
  }

  /// Makes the family anew.
  RefreshFamilies.Start start(Holder owner, GrantPolicy policy) {
    table.restore(new InMemoryDynamoDb.Snapshot(Map.of()));
    var start =
        refreshFamilies.start(ID, owner, policy, Lifetimes.after(START, policy.absolute()), START);
    families.create(start.family(), GRANT);
    return start;
  }

  void goTo(Stored stored) {
    table.restore(stored.snapshot());
  }

  /// What is stored now, read only if it is not `before` any more.
  Stored look(Stored before) {
    return table.snapshot().equals(before.snapshot()) ? before : look();
  }

  Stored look() {
    return new Stored(
        table.snapshot(),
        families.find(ID).orElseThrow(),
        !cutoffs.find(List.of(new Cutoffs.Of.App(GRANT.subject(), APP))).isEmpty());
  }

  /// What the refresh grant asks on arrival, before it comes here.
  Optional<Family> admit(Holder holder, long now) {
    return standing
        .of(ID, now)
        .filter(holding -> holding.grant().client().equals(holder.client()))
        .map(Holding::family)
        .filter(family -> Objects.equals(family.key(), holder.key()));
  }

  Presentation present(
      RefreshToken token, Holder holder, Family arrival, GrantPolicy policy, long now) {
    return refreshFamilies.present(token, holder, arrival, policy, now);
  }

  /// @param onArrival for mutants that go by what they read then
  Finding attempt(Presentation presentation, Stored onArrival) {
    return refreshFamilies.attempt(presentation);
  }

  Rotation settle(Presentation presentation, Finding finding) {
    return refreshFamilies.settle(presentation, finding);
  }

  /// A whole refresh that nobody comes between.
  ///
  /// @param arrival the family as it is stored
  Rotation refresh(RefreshToken token, Family arrival, GrantPolicy policy, long now) {
    return refreshFamilies.rotate(token, OWNER, arrival, policy, now);
  }

  void revoke(long now) {
    refreshFamilies.revoke(ID, "user", now);
  }

  void cutOff(long now) {
    cutoffs.raise(new Cutoffs.Of.App(GRANT.subject(), APP), now, Lifetimes.END_OF_TIME);
  }

  /// A token with an authentic tag and a secret that nobody was given: the token key leaked.
  static RefreshToken forged(int generation) {
    return new RefreshToken(
        TestTokenKeys.CURRENT, ID, generation, new byte[RefreshTokenFormat.SECRET_BYTES]);
  }
}
