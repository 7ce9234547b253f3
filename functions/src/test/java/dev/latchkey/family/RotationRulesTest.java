package dev.latchkey.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.RotationRules.Finding;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.RetryPolicy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One case per row of the design's table of failed conditions.
class RotationRulesTest {
  private static final long NOW = 1_000_000;
  private static final FamilyId ID = FamilyId.of(new byte[FamilyId.BYTES]);
  private static final ClientId APP = new ClientId("app");
  private static final SecretHash OLD = SecretHash.of("generation 3");
  private static final SecretHash LIVE = SecretHash.of("generation 4");

  private final RotationRules bearer =
      new RotationRules(ClientClass.PUBLIC_BEARER, Duration.ofSeconds(30));
  private final RotationRules confidential =
      new RotationRules(ClientClass.CONFIDENTIAL_SECRET, Lifetimes.UNTIL_USED);
  private final Presented old = new Presented(ID, 3, OLD, APP);

  @Test
  void noFamilyIsDead() {
    assertThat(bearer.judge(old, Optional.empty(), "mine", NOW))
        .isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void revokedIsDead() {
    var revoked = family(4, 0, NOW, Family.State.REVOKED, -1, 0, 0, NOW + 100);
    assertThat(judge(bearer, revoked)).isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void pastItsTimesIsDead() {
    var expired = family(4, 0, NOW, Family.State.ACTIVE, -1, 0, 0, NOW);
    assertThat(judge(bearer, expired)).isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void heldByAnotherClientIsRefusedWithoutChange() {
    var stranger = new Presented(ID, 3, OLD, new ClientId("stranger"));
    assertThat(bearer.judge(stranger, Optional.of(live(NOW)), "mine", NOW))
        .isEqualTo(refused(new Rotation.WrongHolder()));
  }

  @Test
  void myOwnEarlierAttemptLanded() {
    var family = live(NOW - 3600);
    assertThat(bearer.judge(old, Optional.of(family), "request-of-4", NOW))
        .isEqualTo(new Finding.Landed(family));
  }

  @Test
  void insideTheWindowIsARetry() {
    var family = live(NOW - 30);
    assertThat(judge(bearer, family)).isEqualTo(new Finding.Retry(family, 1, 1));
  }

  @Test
  void afterTheWindowIsReuse() {
    assertThat(judge(bearer, live(NOW - 31))).isEqualTo(refused(new Rotation.Reused()));
  }

  @Test
  void aConfidentialClientMayRetryUntilTheSuccessorIsUsed() {
    var family = live(NOW - 86_400 * 90);
    assertThat(judge(confidential, family)).isEqualTo(new Finding.Retry(family, 1, 1));
  }

  @Test
  void twoGenerationsBackIsReuseEvenInTheSameSecond() {
    var family = family(5, 0, NOW, Family.State.ACTIVE, -1, 0, 0, NOW + 100);
    assertThat(judge(bearer, family)).isEqualTo(refused(new Rotation.Reused()));
    assertThat(judge(confidential, family)).isEqualTo(refused(new Rotation.Reused()));
  }

  @Test
  void anAuthenticTokenWithAnUnknownSecretIsLeftForTheOperator() {
    var forged = new Presented(ID, 4, SecretHash.of("never issued"), APP);
    assertThat(bearer.judge(forged, Optional.of(live(NOW)), "mine", NOW))
        .isEqualTo(refused(new Rotation.Impossible("unknown_secret")));
    var forgedOld = new Presented(ID, 3, SecretHash.of("never issued"), APP);
    assertThat(bearer.judge(forgedOld, Optional.of(live(NOW)), "mine", NOW))
        .isEqualTo(refused(new Rotation.Impossible("unknown_secret")));
  }

  @Test
  void aTokenAheadOfTheTableIsLeftForTheOperator() {
    var ahead = new Presented(ID, 5, SecretHash.of("generation 5"), APP);
    assertThat(bearer.judge(ahead, Optional.of(live(NOW)), "mine", NOW))
        .isEqualTo(refused(new Rotation.Impossible("generation_ahead")));
  }

  @Test
  void tooManyRetriesAreALoop() {
    var family = family(4, 0, NOW, Family.State.ACTIVE, 3, 1, RetryPolicy.MOST_RETRIES, NOW + 100);
    assertThat(judge(bearer, family)).isEqualTo(refused(new Rotation.Looping()));
  }

  @Test
  void retriesOfOneGenerationCountOnceForTheStreak() {
    var family = family(4, 0, NOW, Family.State.ACTIVE, 3, 2, 7, NOW + 100);
    assertThat(judge(bearer, family)).isEqualTo(new Finding.Retry(family, 2, 8));
  }

  @Test
  void sixGenerationsInARowAskedForTwiceAreAShadow() {
    var fifth = family(4, 0, NOW, Family.State.ACTIVE, 2, 4, 1, NOW + 100);
    assertThat(judge(bearer, fifth)).isEqualTo(new Finding.Retry(fifth, 5, 1));
    var sixth = family(4, 0, NOW, Family.State.ACTIVE, 2, 5, 1, NOW + 100);
    assertThat(judge(bearer, sixth)).isEqualTo(refused(new Rotation.Shadowed()));
    assertThat(judge(confidential, sixth)).isEqualTo(new Finding.Retry(sixth, 6, 1));
  }

  @Test
  void aGenerationWithoutARetryEndsTheStreak() {
    var family = family(4, 0, NOW, Family.State.ACTIVE, 1, 5, 1, NOW + 100);
    assertThat(judge(bearer, family)).isEqualTo(new Finding.Retry(family, 1, 1));
  }

  private Finding judge(RotationRules rules, Family family) {
    return rules.judge(old, Optional.of(family), "mine", NOW);
  }

  private static Finding refused(Rotation rotation) {
    return new Finding.Refusal(rotation);
  }

  private static Family live(long rotatedAt) {
    return family(4, 0, rotatedAt, Family.State.ACTIVE, -1, 0, 0, NOW + 100);
  }

  private static Family family(
      int generation,
      int keyId,
      long rotatedAt,
      Family.State state,
      int retriedGeneration,
      int streak,
      int retries,
      long idleExpiresAt) {
    return new Family(
        ID,
        APP,
        state,
        generation,
        LIVE,
        OLD,
        keyId,
        rotatedAt,
        idleExpiresAt,
        NOW + 1000,
        "request-of-4",
        retriedGeneration,
        streak,
        retries);
  }
}
