package dev.latchkey.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.Families.Successor;
import dev.latchkey.family.RotationTable.Finding;
import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.RetryPolicy;
import dev.latchkey.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One case per row of the table of failed conditions. The app presents the token of generation 3;
/// the family stands at generation 4 unless a case says otherwise.
class RotationTableTest {
  private static final long NOW = 1_000_000;
  private static final FamilyId ID = FamilyId.of(new byte[FamilyId.BYTES]);
  private static final ClientId APP = new ClientId("app");
  private static final KeyThumbprint KEY = new KeyThumbprint("k".repeat(43));
  private static final KeyThumbprint ANOTHER_KEY = new KeyThumbprint("t".repeat(43));
  private static final GrantPolicy BEARER = policy(ClientClass.PUBLIC_BEARER);
  private static final GrantPolicy CONFIDENTIAL = policy(ClientClass.CONFIDENTIAL_SECRET);

  /// The family as the refused write found it, and as it was when the request arrived.
  private Family family = live(4);

  private Family arrival = live(3);
  private GrantPolicy policy = BEARER;
  private RefreshToken token = token(3, "generation 3");
  private ClientId client = APP;
  private @Nullable KeyThumbprint key;

  @Test
  void neverExistedOrCleaned() {
    assertThat(RotationTable.judge(presentation(), Optional.empty()))
        .isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void revoked() {
    family = new Changed(live(4)).state(Family.State.REVOKED).family();
    assertThat(judge()).isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void pastItsTimes() {
    family = new Changed(live(4)).idleExpiresAt(NOW).family();
    assertThat(judge()).isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void heldByAnotherClient() {
    client = new ClientId("stranger");
    assertThat(judge()).isEqualTo(refused(new Rotation.WrongHolder()));
  }

  /// Before anything that would end the family: whoever copied a token but not the key ends
  /// nothing.
  @Test
  void boundToAnotherKeyThanTheCallerHolds() {
    family = new Changed(live(5)).key(KEY).family();
    assertThat(judge()).as("no key").isEqualTo(refused(new Rotation.WrongKey()));
    key = ANOTHER_KEY;
    assertThat(judge()).as("another key").isEqualTo(refused(new Rotation.WrongKey()));
    token = token(4, "never issued");
    assertThat(judge()).as("a secret it never had").isEqualTo(refused(new Rotation.WrongKey()));
    key = KEY;
    assertThat(judge()).as("the key").isEqualTo(refused(new Rotation.UnknownSecret()));
  }

  @Test
  void boundToNoKeyThoughTheCallerHoldsOne() {
    key = KEY;
    assertThat(judge()).isEqualTo(refused(new Rotation.WrongKey()));
  }

  @Test
  void boundToTheKeyThatTheCallerHolds() {
    key = KEY;
    family = new Changed(live(4)).key(KEY).family();
    assertThat(judge()).isEqualTo(new Finding.Retry(family, 1, 1));
  }

  @Test
  void revokedAndBoundToAnotherKey() {
    family = new Changed(live(4)).key(KEY).state(Family.State.REVOKED).family();
    assertThat(judge()).isEqualTo(refused(new Rotation.Dead()));
  }

  @Test
  void myOwnEarlierAttemptLanded() {
    family = new Changed(live(4)).rotatedAt(NOW - 3600).requestId("mine").family();
    assertThat(judge()).isEqualTo(new Finding.Landed(family));
  }

  @Test
  void oneBackInsideTheWindow() {
    family = new Changed(live(4)).rotatedAt(NOW - 30).family();
    assertThat(judge()).isEqualTo(new Finding.Retry(family, 1, 1));
  }

  @Test
  void oneBackAfterTheWindow() {
    family = new Changed(live(4)).rotatedAt(NOW - 31).family();
    arrival = family;
    assertThat(judge()).isEqualTo(refused(new Rotation.Reused()));
  }

  /// The other request arrived long before this one, and was held up until after it.
  @Test
  void oneBackAfterTheWindowThoughItWasTheLiveOneOnArrival() {
    family = new Changed(live(4)).rotatedAt(NOW - 31).family();
    arrival = live(3);
    assertThat(judge()).isEqualTo(new Finding.Retry(family, 1, 1));
  }

  @Test
  void aConfidentialClientsWindowLastsUntilTheSuccessorIsUsed() {
    policy = CONFIDENTIAL;
    family = new Changed(live(4)).rotatedAt(NOW - 86_400 * 90).family();
    assertThat(judge()).isEqualTo(new Finding.Retry(family, 1, 1));
  }

  @Test
  void twoBackEvenInTheSameSecond() {
    family = live(5);
    arrival = live(5);
    assertThat(judge()).isEqualTo(refused(new Rotation.Reused()));
    policy = CONFIDENTIAL;
    assertThat(judge()).isEqualTo(refused(new Rotation.Reused()));
  }

  @Test
  void twoBackThoughItWasTheLiveOneOnArrival() {
    family = live(5);
    arrival = live(3);
    assertThat(judge()).isEqualTo(refused(new Rotation.Overtaken()));
  }

  @Test
  void twoBackThoughItsWindowWasOpenOnArrival() {
    family = live(6);
    arrival = live(4);
    assertThat(judge()).isEqualTo(refused(new Rotation.Overtaken()));
  }

  @Test
  void twoBackAndItsWindowWasClosedOnArrival() {
    family = live(6);
    arrival = new Changed(live(4)).rotatedAt(NOW - 31).family();
    assertThat(judge()).isEqualTo(refused(new Rotation.Reused()));
  }

  @Test
  void anAuthenticTokenWithASecretThatTheFamilyNeverHad() {
    token = token(4, "never issued");
    assertThat(judge()).isEqualTo(refused(new Rotation.UnknownSecret()));
    token = token(3, "never issued");
    assertThat(judge()).isEqualTo(refused(new Rotation.UnknownSecret()));
  }

  @Test
  void anAuthenticTokenThatIsNewerThanTheTable() {
    token = token(5, "generation 5");
    assertThat(judge()).isEqualTo(refused(new Rotation.GenerationAhead()));
  }

  @Test
  void nothingIsWrongWithItAnyMore() {
    family = live(3);
    assertThat(judge()).isEqualTo(refused(new Rotation.Overtaken()));
  }

  @Test
  void askedForTooOften() {
    family = new Changed(live(4)).retried(3, 1, RetryPolicy.MOST_RETRIES).family();
    assertThat(judge()).isEqualTo(refused(new Rotation.Looping()));
  }

  @Test
  void retriesOfOneGenerationCountOnceForTheStreak() {
    family = new Changed(live(4)).retried(3, 2, 7).family();
    assertThat(judge()).isEqualTo(new Finding.Retry(family, 2, 8));
  }

  @Test
  void sixGenerationsInARowAskedForTwice() {
    family = new Changed(live(4)).retried(2, 4, 1).family();
    assertThat(judge()).isEqualTo(new Finding.Retry(family, 5, 1));
    family = new Changed(live(4)).retried(2, 5, 1).family();
    assertThat(judge()).isEqualTo(refused(new Rotation.Shadowed()));
    policy = CONFIDENTIAL;
    assertThat(judge()).isEqualTo(new Finding.Retry(family, 6, 1));
  }

  @Test
  void aGenerationWithoutARetryEndsTheStreak() {
    family = new Changed(live(4)).retried(1, 5, 1).family();
    assertThat(judge()).isEqualTo(new Finding.Retry(family, 1, 1));
  }

  private Finding judge() {
    return RotationTable.judge(presentation(), Optional.of(family));
  }

  private Presentation presentation() {
    return new Presentation(
        token,
        new Presented(ID, token.generation(), token.hash(), client, key),
        token(token.generation() + 1, "next"),
        new Successor(SecretHash.of("next"), 0, NOW + 100, "mine"),
        arrival,
        policy,
        NOW);
  }

  private static Finding refused(Rotation rotation) {
    return new Finding.Refusal(rotation);
  }

  private static GrantPolicy policy(ClientClass clientClass) {
    return GrantPolicy.of(clientClass, AccessKind.OFFLINE, RefreshOverrides.NONE);
  }

  private static RefreshToken token(int generation, String secret) {
    return new RefreshToken(
        0, ID, generation, Arrays.copyOf(secret.getBytes(StandardCharsets.US_ASCII), 32));
  }

  private static SecretHash hash(int generation) {
    return token(generation, "generation " + generation).hash();
  }

  private static Family live(int generation) {
    return new Family(
        ID,
        APP,
        Family.State.ACTIVE,
        generation,
        hash(generation),
        hash(generation - 1),
        0,
        NOW,
        NOW + 100,
        NOW + 1000,
        "request-of-" + generation,
        -1,
        0,
        0,
        null);
  }

  /// A family that differs in what a case is about.
  private record Changed(Family family) {
    Changed state(Family.State state) {
      return with(state, family.rotatedAt(), family.idleExpiresAt(), family.requestId(), -1, 0, 0);
    }

    Changed key(KeyThumbprint key) {
      return new Changed(
          new Family(
              ID,
              APP,
              family.state(),
              family.generation(),
              family.currentHash(),
              family.previousHash(),
              0,
              family.rotatedAt(),
              family.idleExpiresAt(),
              family.absoluteExpiresAt(),
              family.requestId(),
              -1,
              0,
              0,
              key));
    }

    Changed idleExpiresAt(long at) {
      return with(family.state(), family.rotatedAt(), at, family.requestId(), -1, 0, 0);
    }

    Changed rotatedAt(long at) {
      return with(family.state(), at, family.idleExpiresAt(), family.requestId(), -1, 0, 0);
    }

    Changed requestId(String id) {
      return with(family.state(), family.rotatedAt(), family.idleExpiresAt(), id, -1, 0, 0);
    }

    Changed retried(int generation, int streak, int retries) {
      return with(
          family.state(),
          family.rotatedAt(),
          family.idleExpiresAt(),
          family.requestId(),
          generation,
          streak,
          retries);
    }

    private Changed with(
        Family.State state,
        long rotatedAt,
        long idleExpiresAt,
        String requestId,
        int retried,
        int streak,
        int retries) {
      return new Changed(
          new Family(
              ID,
              APP,
              state,
              family.generation(),
              family.currentHash(),
              family.previousHash(),
              0,
              rotatedAt,
              idleExpiresAt,
              family.absoluteExpiresAt(),
              requestId,
              retried,
              streak,
              retries,
              family.key()));
    }
  }
}
