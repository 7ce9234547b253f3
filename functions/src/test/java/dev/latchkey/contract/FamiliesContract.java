package dev.latchkey.contract;

import static dev.latchkey.contract.TestFamilies.APP;
import static dev.latchkey.contract.TestFamilies.NOW;
import static dev.latchkey.contract.TestFamilies.advance;
import static dev.latchkey.contract.TestFamilies.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families;
import dev.latchkey.family.Families.Advance;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Holding;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store of refresh-token families does, but for the write of a refresh, which has
/// [FamilyRotationContract].
public abstract class FamiliesContract {
  private static final long KEEP = NOW + 10_000;

  private final FamilyId id = FamilyId.fresh(Entropy.secure());
  private final Family first = TestFamilies.first(id, "r0");
  private final FamilyGrant grant = TestFamilies.grant(id, TestScopes.few());

  protected abstract Families families();

  @Test
  void keepsAGrantAndItsFamily() {
    assertThat(families().create(first, grant)).isTrue();

    assertThat(families().find(id)).contains(first);
    assertThat(families().holding(id).map(Holding::grant)).contains(grant);
  }

  @Test
  void knowsNothingOfAFamilyThatNeverWas() {
    assertThat(families().find(id)).isEmpty();
    assertThat(families().holding(id)).isEmpty();
    assertThat(advance(families(), first, "r1", NOW))
        .isEqualTo(new Advance.Refused(Optional.empty()));
    assertThat(families().noteRetry(id, 0, 1, 1)).isInstanceOf(Advance.Refused.class);
  }

  @Test
  void keepsManyScopesAsTheyAreSpelled() {
    var scopes = TestScopes.many();

    families().create(first, TestFamilies.grant(id, scopes));

    assertThat(families().holding(id).orElseThrow().grant().scopes().spelled())
        .isEqualTo(scopes.spelled());
  }

  @Test
  void keepsTextOfAnyLanguageAndAGrantWithoutPatient() {
    var strange =
        new FamilyGrant(
            id,
            new ClientId("приложение ☃"),
            "sub 𝔘𝔫𝔦 '\"\\",
            "Patient/é",
            TestScopes.few(),
            LaunchContext.none(),
            NOW,
            NOW,
            SecretHash.of("session"));

    families().create(TestFamilies.first(id, strange.client(), "r0"), strange);

    assertThat(families().holding(id).map(Holding::grant)).contains(strange);
  }

  @Test
  void leavesAFamilyThatExistsAsItIs() {
    families().create(first, grant);
    var other =
        new FamilyGrant(
            id, APP, "somebody", "Patient/x", TestScopes.few(), LaunchContext.none(), 1, 2, null);

    var again = families().create(TestFamilies.first(id, "another"), other);

    assertThat(again).isFalse();
    assertThat(families().find(id)).contains(first);
    assertThat(families().holding(id).map(Holding::grant)).contains(grant);
  }

  @Test
  void createsAFamilyForOneOfManyCallers() throws Exception {
    var created = Race.of(i -> families().create(TestFamilies.first(id, "request-" + i), grant));

    assertThat(created).filteredOn(won -> won).hasSize(1);
  }

  @Test
  void notesARetryOfThePreviousGeneration() {
    families().create(first, grant);
    advance(families(), first, "r1", NOW);

    assertThat(families().noteRetry(id, 0, 3, 7)).isInstanceOf(Advance.Advanced.class);

    var family = families().find(id).orElseThrow();
    assertThat(family.retriedGeneration()).isZero();
    assertThat(family.retryStreak()).isEqualTo(3);
    assertThat(family.retries()).isEqualTo(7);
    assertThat(family.generation()).isEqualTo(1);
  }

  @Test
  void keepsTheNotedRetryWhenTheFamilyAdvances() {
    families().create(first, grant);
    advance(families(), first, "r1", NOW);
    families().noteRetry(id, 0, 3, 7);

    advance(families(), families().find(id).orElseThrow(), "r2", NOW);

    assertThat(families().find(id).orElseThrow().retryStreak()).isEqualTo(3);
  }

  @Test
  void notesNoRetryOnceTheSuccessorWasUsed() {
    families().create(first, grant);
    advance(families(), first, "r1", NOW);
    advance(families(), families().find(id).orElseThrow(), "r2", NOW);
    var before = families().find(id);

    assertThat(families().noteRetry(id, 0, 1, 1)).isInstanceOf(Advance.Refused.class);
    assertThat(families().noteRetry(id, 2, 1, 1)).isInstanceOf(Advance.Refused.class);
    assertThat(families().find(id)).isEqualTo(before);
  }

  @Test
  void revokesForGood() {
    families().create(first, grant);

    families().revoke(id, "reuse", KEEP);
    families().revoke(id, "client", KEEP);

    var revoked = families().find(id).orElseThrow();
    assertThat(revoked.state()).isEqualTo(Family.State.REVOKED);
    assertThat(revoked.isLive(NOW)).isFalse();
    assertThat(revoked.generation()).isZero();
    assertThat(found(advance(families(), first, "r1", NOW))).isEqualTo(revoked);
    assertThat(families().noteRetry(id, -1, 1, 1)).isInstanceOf(Advance.Refused.class);
    assertThat(families().holding(id).map(Holding::grant)).contains(grant);
  }

  @Test
  void leavesATombstoneThatStopsACreationUnderWay() {
    families().revoke(id, "code", KEEP);

    assertThat(families().create(first, grant)).isFalse();

    var tombstone = families().find(id).orElseThrow();
    assertThat(tombstone.state()).isEqualTo(Family.State.REVOKED);
    assertThat(tombstone.isLive(NOW)).isFalse();
    assertThat(found(advance(families(), first, "r1", NOW))).isEqualTo(tombstone);
    assertThat(families().noteRetry(id, tombstone.generation() - 1, 1, 1))
        .isInstanceOf(Advance.Refused.class);
  }

  @Test
  void keepsFamiliesApart() {
    var other = FamilyId.fresh(Entropy.secure());
    families().create(first, grant);
    families().create(TestFamilies.first(other, "r0"), TestFamilies.grant(other, TestScopes.few()));

    families().revoke(other, "user", KEEP);

    assertThat(families().find(id)).contains(first);
    assertThat(families().holding(id).map(Holding::grant)).contains(grant);
  }
}
