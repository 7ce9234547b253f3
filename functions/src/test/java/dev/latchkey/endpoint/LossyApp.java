package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.family.Families;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyId;
import dev.latchkey.policy.RetryPolicy;
import dev.latchkey.secret.SecretHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// An app as it should be: it keeps the newest refresh token that reached it, and asks again with
/// the same one when an answer was lost or the server was busy. It also remembers every token that
/// was ever answered, lost or not.
final class LossyApp {
  /// More tries for one token than any run of bad luck needs.
  private static final int MOST_TRIES = 40;

  private final boolean isPublic;
  private final Random losses;
  private final double rate;
  private final Map<Integer, String> byGeneration = new HashMap<>();
  private String newest;
  private int refreshes;
  private int busy;
  private int lost;
  private int badLuck;
  private int helped;

  private LossyApp(boolean isPublic, long seed, double rate, Answer connected) {
    this.isPublic = isPublic;
    this.losses = new Random(seed);
    this.rate = rate;
    this.newest = connected.text("refresh_token");
    byGeneration.put(0, newest);
  }

  /// @param seed decides which answers get lost
  static LossyApp publicApp(int seed, double rate, Answer connected) {
    return new LossyApp(true, seed, rate, connected);
  }

  static LossyApp confidentialApp(int seed, double rate, Answer connected) {
    return new LossyApp(false, seed, rate, connected);
  }

  int refreshes() {
    return refreshes;
  }

  int busy() {
    return busy;
  }

  int lost() {
    return lost;
  }

  /// How many refreshes went over a line without loss.
  int helped() {
    return helped;
  }

  /// After almost as many unlucky refreshes in a row as would rightly look like somebody who
  /// follows the owner, one goes over a line without loss.
  ///
  /// @param safe the same function, without loss before its tables and keys
  void refresh(int times, Grants grants, TokenFunction function, TokenFunction safe) {
    for (int i = 0; i < times; i++) {
      var isHelped = badLuck == RetryPolicy.SHADOW_STREAK - 1;
      helped += isHelped ? 1 : 0;
      var tries = isHelped ? refresh(grants, safe, 0) : refresh(grants, function, rate);
      badLuck = tries > 1 ? badLuck + 1 : 0;
    }
  }

  /// Returns how often it asked.
  private int refresh(Grants grants, TokenFunction function, double rate) {
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      var answer = (isPublic ? grants.refresh(newest) : grants.webRefresh(newest)).to(function);
      if (answer.status() == 503) {
        assertThat(answer.header("retry-after")).isEqualTo("2");
        busy++;
        continue;
      }
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      var next = answer.text("refresh_token");
      assertThat(byGeneration.merge(generation(next), next, (old, _) -> old))
          .as("one token for each generation")
          .isEqualTo(next);
      if (losses.nextDouble() < rate) {
        lost++;
        continue;
      }
      newest = next;
      refreshes++;
      return tries;
    }
    throw new AssertionError("No answer arrived in " + MOST_TRIES + " tries");
  }

  /// One live leaf, and it is the app's.
  void checkFamily(Families families) {
    var family = families.find(family(newest)).orElseThrow();
    assertThat(family.state()).isEqualTo(Family.State.ACTIVE);
    assertThat(family.generation())
        .isEqualTo(generation(newest))
        .isEqualTo(byGeneration.size() - 1);
    assertThat(family.currentHash()).isEqualTo(hash(newest));
  }

  private static byte[] bytes(String token) {
    return Base64.getUrlDecoder().decode(token.substring("rt1_".length()));
  }

  private static FamilyId family(String token) {
    return FamilyId.of(Arrays.copyOfRange(bytes(token), 1, 17));
  }

  private static int generation(String token) {
    return ByteBuffer.wrap(bytes(token)).getInt(17);
  }

  private static SecretHash hash(String token) {
    return SecretHash.of(Arrays.copyOfRange(bytes(token), 21, 53));
  }
}
