package dev.latchkey.contract;

import static dev.latchkey.contract.TestFamilies.ABSOLUTE;
import static dev.latchkey.contract.TestFamilies.APP;
import static dev.latchkey.contract.TestFamilies.IDLE;
import static dev.latchkey.contract.TestFamilies.NOW;
import static dev.latchkey.contract.TestFamilies.advance;
import static dev.latchkey.contract.TestFamilies.found;
import static dev.latchkey.contract.TestFamilies.secretHash;
import static dev.latchkey.contract.TestFamilies.successor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.Families;
import dev.latchkey.family.Families.Advance;
import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The one write of a refresh, as every store of refresh-token families makes it.
public abstract class FamilyRotationContract {
  private static final long KEEP = NOW + 10_000;

  private static final KeyThumbprint KEY = new KeyThumbprint("k".repeat(43));
  private static final KeyThumbprint ANOTHER_KEY = new KeyThumbprint("t".repeat(43));

  private final FamilyId id = FamilyId.fresh(Entropy.secure());
  private final Family first = TestFamilies.first(id, "r0");
  private final FamilyGrant grant = TestFamilies.grant(id, TestScopes.few());

  protected abstract Families families();

  @Test
  void advancesOneGeneration() {
    families().create(first, grant);

    var advanced = advance(families(), first, "r1", NOW + 10);

    var expected =
        new Family(
            id,
            APP,
            Family.State.ACTIVE,
            1,
            secretHash(1),
            secretHash(0),
            2,
            NOW + 10,
            IDLE + 10,
            ABSOLUTE,
            "r1",
            -1,
            0,
            0,
            null);
    assertThat(advanced).isEqualTo(new Advance.Advanced(expected));
    assertThat(families().find(id)).contains(expected);
  }

  @Test
  void advancesTwiceAndForgetsTheHashBeforeTheLast() {
    families().create(first, grant);
    advance(families(), first, "r1", NOW);
    var second = families().find(id).orElseThrow();

    advance(families(), second, "r2", NOW);

    var third = families().find(id).orElseThrow();
    assertThat(third.generation()).isEqualTo(2);
    assertThat(third.currentHash()).isEqualTo(secretHash(2));
    assertThat(third.previousHash()).isEqualTo(secretHash(1));
  }

  @Test
  void renewsATokenThatStays() {
    families().create(first, grant);
    var presented = new Presented(id, 0, secretHash(0), APP, null);

    var renewed = families().renew(presented, IDLE + 500, NOW + 10);

    var family = families().find(id).orElseThrow();
    assertThat(renewed).isEqualTo(new Advance.Advanced(family));
    assertThat(family.idleExpiresAt()).isEqualTo(IDLE + 500);
    assertThat(family.rotatedAt()).isEqualTo(NOW + 10);
    assertThat(family.generation()).isZero();
    assertThat(family.currentHash()).isEqualTo(secretHash(0));
  }

  @Test
  void renewsNothingThatARefreshWouldRefuse() {
    families().create(first, grant);
    var stranger = new Presented(id, 0, secretHash(0), new ClientId("thief"), null);
    var guess = new Presented(id, 0, SecretHash.of("guess"), APP, null);
    var old = new Presented(id, -1, secretHash(0), APP, null);
    var mine = new Presented(id, 0, secretHash(0), APP, null);

    for (var presented : List.of(stranger, guess, old)) {
      assertThat(found(families().renew(presented, IDLE + 500, NOW))).isEqualTo(first);
    }
    assertThat(found(families().renew(mine, IDLE + 500, IDLE))).isEqualTo(first);
    families().revoke(id, "user", KEEP);
    assertThat(families().renew(mine, IDLE + 500, NOW)).isInstanceOf(Advance.Refused.class);
  }

  @Test
  void movesABoundFamilyForItsKeyAlone() {
    var bound = TestFamilies.bound(id, "r0", KEY);
    families().create(bound, grant);
    assertThat(families().find(id)).contains(bound);

    for (var key : Arrays.asList(null, ANOTHER_KEY)) {
      var presented = new Presented(id, 0, secretHash(0), APP, key);
      assertThat(found(families().advance(presented, successor(0, "r1", NOW), NOW)))
          .isEqualTo(bound);
      assertThat(found(families().renew(presented, IDLE + 500, NOW))).isEqualTo(bound);
    }
    assertThat(families().find(id)).contains(bound);

    var owners = new Presented(id, 0, secretHash(0), APP, KEY);
    assertThat(families().renew(owners, IDLE + 500, NOW)).isInstanceOf(Advance.Advanced.class);
    assertThat(families().advance(owners, successor(0, "r1", NOW), NOW))
        .isInstanceOf(Advance.Advanced.class);
    assertThat(families().find(id).orElseThrow().key()).isEqualTo(KEY);
  }

  @Test
  void movesAFamilyWithoutAKeyForNobodyWhoBringsOne() {
    families().create(first, grant);
    var presented = new Presented(id, 0, secretHash(0), APP, KEY);

    assertThat(found(families().advance(presented, successor(0, "r1", NOW), NOW))).isEqualTo(first);
    assertThat(found(families().renew(presented, IDLE + 500, NOW))).isEqualTo(first);
  }

  @Test
  void saysWhatItFoundWhenTheGenerationHasPassed() {
    families().create(first, grant);
    advance(families(), first, "r1", NOW);
    var current = families().find(id);

    var replay = advance(families(), first, "r2", NOW);

    assertThat(replay).isEqualTo(new Advance.Refused(current));
    assertThat(families().find(id)).isEqualTo(current);
  }

  @Test
  void letsARequestRecogniseItsOwnEarlierWrite() {
    families().create(first, grant);
    advance(families(), first, "r1", NOW);

    var resent = advance(families(), first, "r1", NOW);

    assertThat(found(resent).requestId()).isEqualTo("r1");
    assertThat(found(resent).previousHash()).isEqualTo(secretHash(0));
  }

  @Test
  void refusesAnotherSecretOfTheSameGeneration() {
    families().create(first, grant);

    var refused =
        families()
            .advance(
                new Presented(id, 0, SecretHash.of("guess"), APP, null),
                successor(0, "r1", NOW),
                NOW);

    assertThat(found(refused)).isEqualTo(first);
    assertThat(families().find(id)).contains(first);
  }

  @Test
  void refusesAnotherClient() {
    families().create(first, grant);
    var thief = new Presented(id, 0, secretHash(0), new ClientId("thief"), null);

    var refused = families().advance(thief, successor(0, "r1", NOW), NOW);

    assertThat(found(refused)).isEqualTo(first);
    assertThat(families().find(id)).contains(first);
  }

  @Test
  void refusesAGenerationThatIsStillToCome() {
    families().create(first, grant);

    var refused =
        families()
            .advance(new Presented(id, 1, secretHash(0), APP, null), successor(1, "r1", NOW), NOW);

    assertThat(found(refused)).isEqualTo(first);
  }

  @Test
  void comparesTheIdleLimitItself() {
    families().create(first, grant);

    assertThat(found(advance(families(), first, "r1", IDLE))).isEqualTo(first);
    assertThat(advance(families(), first, "r1", IDLE - 1)).isInstanceOf(Advance.Advanced.class);
  }

  @Test
  void comparesTheAbsoluteEndItself() {
    var early = TestFamilies.first(id, "r0", NOW + 900, NOW + 500);
    families().create(early, grant);

    assertThat(found(advance(families(), early, "r1", NOW + 500))).isEqualTo(early);
    assertThat(advance(families(), early, "r1", NOW + 499)).isInstanceOf(Advance.Advanced.class);
  }

  @Test
  void keepsTimesThatNeverCome() {
    var endless = TestFamilies.first(id, "r0", IDLE, 253_402_300_799L);

    families().create(endless, grant);

    assertThat(families().find(id)).contains(endless);
    assertThat(advance(families(), endless, "r1", NOW)).isInstanceOf(Advance.Advanced.class);
  }

  @Test
  void advancesForOneOfManyCallersAndShowsItToTheOthers() throws Exception {
    families().create(first, grant);

    var results = Race.of(i -> advance(families(), first, "request-" + i, NOW));

    var winners = results.stream().filter(Advance.Advanced.class::isInstance).toList();
    assertThat(winners).hasSize(1);
    var winner = ((Advance.Advanced) winners.getFirst()).family();
    assertThat(results)
        .filteredOn(Advance.Refused.class::isInstance)
        .hasSize(Race.CALLERS - 1)
        .allSatisfy(refused -> assertThat(found(refused)).isEqualTo(winner));
  }

  @Test
  void neverRevivesAFamilyThatIsRevokedWhileOthersRefresh() throws Exception {
    families().create(first, grant);

    Race.of(
        i -> {
          if (i == Race.CALLERS / 2) {
            families().revoke(id, "client", KEEP);
          } else {
            families().find(id).ifPresent(seen -> advance(families(), seen, "request-" + i, NOW));
          }
          return i;
        });

    assertThat(families().find(id).orElseThrow().state()).isEqualTo(Family.State.REVOKED);
    assertThat(advance(families(), families().find(id).orElseThrow(), "late", NOW))
        .isInstanceOf(Advance.Refused.class);
  }
}
