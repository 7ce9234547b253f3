package dev.latchkey.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.InMemoryDynamoDb;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.RetryPolicy;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How long a thief lasts who copied a public app's token, and how often an honest app on a bad
/// network is taken for one. Seeded, so each run gives the same numbers.
@Tag("model")
class BlindThiefTest {
  private static final GrantPolicy POLICY = TestPolicies.BEARER;
  private static final int PERIOD = Math.toIntExact(POLICY.accessToken().toSeconds());

  private final RealRefresh code = new RealRefresh(new InMemoryDynamoDb());

  /// The owner refreshes as its access tokens run out, give or take a tenth. The thief runs a copy
  /// of the app, from another moment on.
  @Test
  void whoRunsTheAppTooIsOutWithinFourRefreshesOfTheOwner() {
    var p99 = p99("the same app", 20_000, random -> PERIOD + jitter(random));

    assertThat(p99).isBetween(1, 4);
  }

  @Test
  void whoComesAtAnyTimeIsOutWithinFourRefreshesOfTheOwner() {
    var p99 = p99("any time", 5_000, random -> random.nextLong(2L * PERIOD));

    assertThat(p99).isBetween(1, 4);
  }

  /// @param pause of the thief between two refreshes, in seconds
  private int p99(String name, int runs, ToLongFunction<Random> pause) {
    var random = new Random(1);
    var refreshes = new int[runs];
    Arrays.setAll(refreshes, _ -> refreshesUntilOut(random, pause));
    Arrays.sort(refreshes);
    var p99 = refreshes[runs * 99 / 100];
    System.out.printf(
        "Blind thief, %s, %,d runs: the owner's refreshes until it is out: mean %.2f, p99 %d,"
            + " most %d%n",
        name, runs, Arrays.stream(refreshes).average().orElseThrow(), p99, refreshes[runs - 1]);
    return p99;
  }

  private int refreshesUntilOut(Random random, ToLongFunction<Random> pause) {
    var start = code.start(RealRefresh.OWNER, POLICY);
    var owned = start.token();
    var stolen = owned;
    var family = start.family();
    var owner = RealRefresh.START + PERIOD + jitter(random);
    var thief = RealRefresh.START + random.nextLong(PERIOD);
    for (int refreshes = 0; ; ) {
      var isOwner = owner <= thief;
      refreshes += isOwner ? 1 : 0;
      var answer = refresh(isOwner ? owned : stolen, family, isOwner ? owner : thief);
      if (!(answer instanceof Rotation.Rotated(var next, var now))) {
        return refreshes;
      }
      family = now;
      if (isOwner) {
        owned = next;
        owner += PERIOD + jitter(random);
      } else {
        stolen = next;
        thief += pause.applyAsLong(random);
      }
    }
  }

  private static long jitter(Random random) {
    return random.nextLong(-PERIOD / 10, PERIOD / 10 + 1);
  }

  /// A thief who sees when the owner refreshes, and is there inside each window.
  @Test
  void whoFollowsInsideEachWindowIsOutBySixGenerations() {
    var start = code.start(RealRefresh.OWNER, POLICY);
    var owned = new Rotation.Rotated(start.token(), start.family());
    for (int generation = 1; generation < RetryPolicy.SHADOW_STREAK; generation++) {
      var now = RealRefresh.START + (long) generation * PERIOD;
      var before = owned;
      owned = rotated(refresh(before.token(), before.family(), now));
      var followed = rotated(refresh(before.token(), owned.family(), now + 5));
      assertThat(followed.token().hash()).isEqualTo(owned.token().hash());
      owned = followed;
    }
    var now = RealRefresh.START + (long) RetryPolicy.SHADOW_STREAK * PERIOD;
    var last = rotated(refresh(owned.token(), owned.family(), now));

    assertThat(refresh(owned.token(), last.family(), now + 5)).isEqualTo(new Rotation.Shadowed());
    assertThat(refresh(last.token(), last.family(), now + 6)).isEqualTo(new Rotation.Dead());
  }

  @Test
  void anHonestAppOnALossyNetworkIsHardlyEverTakenForAThief() {
    assertThat(shareRevoked(5, 200)).isLessThanOrEqualTo(0.002);
    assertThat(shareRevoked(10, 1_000)).isLessThanOrEqualTo(0.002);
    assertThat(shareRevoked(30, 60)).as("the rule is there at all").isBetween(0.001, 0.2);
  }

  /// The share of families that are revoked within 200 refreshes, though only the owner uses them.
  private double shareRevoked(int percentLost, int runs) {
    var random = new Random(2);
    int revoked = 0;
    for (int run = 0; run < runs; run++) {
      revoked += isRevoked(random, percentLost) ? 1 : 0;
    }
    var share = (double) revoked / runs;
    System.out.printf(
        "Honest app, %,d runs of 200 refreshes, %d %% of the answers lost: %.2f %% revoked%n",
        runs, percentLost, share * 100);
    return share;
  }

  /// An answer that is lost is asked for again two seconds later.
  private boolean isRevoked(Random random, int percentLost) {
    var start = code.start(RealRefresh.OWNER, POLICY);
    var token = start.token();
    var family = start.family();
    var now = RealRefresh.START;
    for (int refresh = 0; refresh < 200; refresh++) {
      now += PERIOD;
      var isLost = true;
      for (int again = 0; isLost; again++) {
        if (!(refresh(token, family, now + 2L * again)
            instanceof Rotation.Rotated(var next, var after))) {
          return true;
        }
        family = after;
        isLost = random.nextInt(100) < percentLost;
        token = isLost ? token : next;
      }
    }
    return false;
  }

  private Rotation refresh(RefreshToken token, Family family, long now) {
    return code.refresh(token, family, POLICY, now);
  }

  private static Rotation.Rotated rotated(Rotation rotation) {
    return (Rotation.Rotated) rotation;
  }
}
