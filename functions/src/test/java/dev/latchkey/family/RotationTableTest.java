package dev.latchkey.family;

import static dev.latchkey.family.RotationCase.ANOTHER_KEY;
import static dev.latchkey.family.RotationCase.CONFIDENTIAL;
import static dev.latchkey.family.RotationCase.KEY;
import static dev.latchkey.family.RotationCase.NOW;
import static dev.latchkey.family.RotationCase.live;
import static dev.latchkey.family.RotationCase.refused;
import static dev.latchkey.family.RotationCase.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.RotationTable.Finding;
import dev.latchkey.policy.RetryPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One case per row of the table of failed conditions. The app presents the token of generation 3;
/// the family stands at generation 4 unless a case says otherwise.
class RotationTableTest {
  private final RotationCase row = new RotationCase();

  @Test
  void neverExistedOrCleaned() {
    assertThat(RotationTable.judge(row.presentation(), Optional.empty()))
        .isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void revoked() {
    row.family = new ChangedFamily(live(4)).state(Family.State.REVOKED).family();
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void pastItsTimes() {
    row.family = new ChangedFamily(live(4)).idleExpiresAt(NOW).family();
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void heldByAnotherClient() {
    row.client = new ClientId("stranger");
    assertThat(row.judge()).isEqualTo(refused(new Rotation.WrongHolder()));
  }

  /// Before anything that would end the family: whoever copied a token but not the key ends
  /// nothing.
  @Test
  void boundToAnotherKeyThanTheCallerHolds() {
    row.family = new ChangedFamily(live(5)).key(KEY).family();
    assertThat(row.judge()).as("no key").isEqualTo(refused(new Rotation.WrongKey()));
    row.key = ANOTHER_KEY;
    assertThat(row.judge()).as("another key").isEqualTo(refused(new Rotation.WrongKey()));
    row.token = token(4, "never issued");
    assertThat(row.judge()).as("a secret it never had").isEqualTo(refused(new Rotation.WrongKey()));
    row.key = KEY;
    assertThat(row.judge()).as("the key").isEqualTo(refused(new Rotation.UnknownSecret()));
  }

  @Test
  void boundToNoKeyThoughTheCallerHoldsOne() {
    row.key = KEY;
    assertThat(row.judge()).isEqualTo(refused(new Rotation.WrongKey()));
  }

  @Test
  void boundToTheKeyThatTheCallerHolds() {
    row.key = KEY;
    row.family = new ChangedFamily(live(4)).key(KEY).family();
    assertThat(row.judge()).isEqualTo(new Finding.Retry(row.family, 1, 1));
  }

  @Test
  void revokedAndBoundToAnotherKey() {
    row.family = new ChangedFamily(live(4)).key(KEY).state(Family.State.REVOKED).family();
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void myOwnEarlierAttemptLanded() {
    row.family = new ChangedFamily(live(4)).rotatedAt(NOW - 3600).requestId("mine").family();
    assertThat(row.judge()).isEqualTo(new Finding.Landed(row.family));
  }

  @Test
  void oneBackInsideTheWindow() {
    row.family = new ChangedFamily(live(4)).rotatedAt(NOW - 30).family();
    assertThat(row.judge()).isEqualTo(new Finding.Retry(row.family, 1, 1));
  }

  @Test
  void oneBackAfterTheWindow() {
    row.family = new ChangedFamily(live(4)).rotatedAt(NOW - 31).family();
    row.arrival = row.family;
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Reused()));
  }

  /// The other request arrived long before this one, and was held up until after it.
  @Test
  void oneBackAfterTheWindowThoughItWasTheLiveOneOnArrival() {
    row.family = new ChangedFamily(live(4)).rotatedAt(NOW - 31).family();
    row.arrival = live(3);
    assertThat(row.judge()).isEqualTo(new Finding.Retry(row.family, 1, 1));
  }

  @Test
  void aConfidentialClientsWindowLastsUntilTheSuccessorIsUsed() {
    row.policy = CONFIDENTIAL;
    row.family = new ChangedFamily(live(4)).rotatedAt(NOW - 86_400 * 90).family();
    assertThat(row.judge()).isEqualTo(new Finding.Retry(row.family, 1, 1));
  }

  @Test
  void twoBackEvenInTheSameSecond() {
    row.family = live(5);
    row.arrival = live(5);
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Reused()));
    row.policy = CONFIDENTIAL;
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Reused()));
  }

  @Test
  void twoBackThoughItWasTheLiveOneOnArrival() {
    row.family = live(5);
    row.arrival = live(3);
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Overtaken()));
  }

  @Test
  void twoBackThoughItsWindowWasOpenOnArrival() {
    row.family = live(6);
    row.arrival = live(4);
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Overtaken()));
  }

  @Test
  void twoBackAndItsWindowWasClosedOnArrival() {
    row.family = live(6);
    row.arrival = new ChangedFamily(live(4)).rotatedAt(NOW - 31).family();
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Reused()));
  }

  @Test
  void anAuthenticTokenWithASecretThatTheFamilyNeverHad() {
    row.token = token(4, "never issued");
    assertThat(row.judge()).isEqualTo(refused(new Rotation.UnknownSecret()));
    row.token = token(3, "never issued");
    assertThat(row.judge()).isEqualTo(refused(new Rotation.UnknownSecret()));
  }

  @Test
  void anAuthenticTokenThatIsNewerThanTheTable() {
    row.token = token(5, "generation 5");
    assertThat(row.judge()).isEqualTo(refused(new Rotation.GenerationAhead()));
  }

  @Test
  void nothingIsWrongWithItAnyMore() {
    row.family = live(3);
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Overtaken()));
  }

  @Test
  void askedForTooOften() {
    row.family = new ChangedFamily(live(4)).retried(3, 1, RetryPolicy.MOST_RETRIES).family();
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Looping()));
  }

  @Test
  void retriesOfOneGenerationCountOnceForTheStreak() {
    row.family = new ChangedFamily(live(4)).retried(3, 2, 7).family();
    assertThat(row.judge()).isEqualTo(new Finding.Retry(row.family, 2, 8));
  }

  @Test
  void sixGenerationsInARowAskedForTwice() {
    row.family = new ChangedFamily(live(4)).retried(2, 4, 1).family();
    assertThat(row.judge()).isEqualTo(new Finding.Retry(row.family, 5, 1));
    row.family = new ChangedFamily(live(4)).retried(2, 5, 1).family();
    assertThat(row.judge()).isEqualTo(refused(new Rotation.Shadowed()));
    row.policy = CONFIDENTIAL;
    assertThat(row.judge()).isEqualTo(new Finding.Retry(row.family, 6, 1));
  }

  @Test
  void aGenerationWithoutARetryEndsTheStreak() {
    row.family = new ChangedFamily(live(4)).retried(1, 5, 1).family();
    assertThat(row.judge()).isEqualTo(new Finding.Retry(row.family, 1, 1));
  }
}
