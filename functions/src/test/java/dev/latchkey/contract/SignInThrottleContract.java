package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.SignInThrottle;
import dev.latchkey.policy.SignInPolicy;
import dev.latchkey.secret.Entropy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every counter of sign-in attempts does.
public abstract class SignInThrottleContract {
  private static final Instant NOW = MutableClock.START;

  private final String account = "ana-" + Entropy.secure().value();

  protected abstract SignInThrottle throttle();

  @Test
  void letsTheFirstAttemptsThroughAtOnce() {
    for (int i = 0; i < SignInPolicy.FREE_ATTEMPTS; i++) {
      assertThat(throttle().attempt(account, NOW)).isEmpty();
    }
  }

  @Test
  void saysWhenTheNextAttemptIsAllowed() {
    useUpFreeAttempts(NOW);
    var opens = NOW.plus(SignInPolicy.delayAfter(SignInPolicy.FREE_ATTEMPTS));

    assertThat(throttle().attempt(account, NOW)).contains(opens);
    assertThat(throttle().attempt(account, opens.minusSeconds(1))).contains(opens);
    assertThat(throttle().attempt(account, opens)).isEmpty();
  }

  @Test
  void waitsLongerAfterEachFurtherAttempt() {
    useUpFreeAttempts(NOW);
    var now = NOW;
    for (int attempts = SignInPolicy.FREE_ATTEMPTS; attempts < 20; attempts++) {
      var opens = now.plus(SignInPolicy.delayAfter(attempts));
      assertThat(throttle().attempt(account, now)).contains(opens);
      assertThat(throttle().attempt(account, opens)).isEmpty();
      now = opens;
    }
  }

  @Test
  void doesNotCountAnAttemptThatItRefuses() {
    useUpFreeAttempts(NOW);
    var opens = NOW.plus(SignInPolicy.delayAfter(SignInPolicy.FREE_ATTEMPTS));
    for (int i = 0; i < 10; i++) {
      throttle().attempt(account, NOW);
    }

    assertThat(throttle().attempt(account, NOW)).contains(opens);
    assertThat(throttle().attempt(account, opens)).isEmpty();
  }

  @Test
  void forgetsAfterARightPassword() {
    useUpFreeAttempts(NOW);

    throttle().clear(account);

    assertThat(throttle().attempt(account, NOW)).isEmpty();
    useUpFreeAttempts(NOW, SignInPolicy.FREE_ATTEMPTS - 1);
    assertThat(throttle().attempt(account, NOW)).isPresent();
  }

  @Test
  void clearsAnAccountWithoutAttempts() {
    throttle().clear(account);

    assertThat(throttle().attempt(account, NOW)).isEmpty();
  }

  @Test
  void startsAgainAfterSomeQuiet() {
    useUpFreeAttempts(NOW);
    var later = NOW.plus(SignInPolicy.FORGET_AFTER);

    useUpFreeAttempts(later);

    assertThat(throttle().attempt(account, later)).isPresent();
  }

  @Test
  void remembersUntilThen() {
    useUpFreeAttempts(NOW);
    var almost = NOW.plus(SignInPolicy.FORGET_AFTER).minusSeconds(1);

    assertThat(throttle().attempt(account, almost)).isEmpty();
    assertThat(throttle().attempt(account, almost))
        .contains(almost.plus(SignInPolicy.delayAfter(SignInPolicy.FREE_ATTEMPTS + 1)));
  }

  @Test
  void countsAttemptsInParallelOneByOne() throws Exception {
    var answers = Race.of(_ -> throttle().attempt(account, NOW));

    assertThat(answers).filteredOn(Optional::isEmpty).hasSize(SignInPolicy.FREE_ATTEMPTS);
  }

  @Test
  void letsOneOfManyThroughWhenADelayIsOver() throws Exception {
    useUpFreeAttempts(NOW);
    var opens = NOW.plus(SignInPolicy.delayAfter(SignInPolicy.FREE_ATTEMPTS));

    var answers = Race.of(_ -> throttle().attempt(account, opens));

    assertThat(answers).filteredOn(Optional::isEmpty).hasSize(1);
  }

  @Test
  void countsEachAccountByItself() {
    useUpFreeAttempts(NOW);

    assertThat(throttle().attempt(account + "x", NOW)).isEmpty();
  }

  @Test
  void takesWhateverPeopleType() {
    for (var typed : new String[] {"", " ", "é☃𝔘", "a\u0000b", "x".repeat(20_000)}) {
      var now = NOW.plus(Duration.ofDays(1));
      throttle().clear(typed);
      assertThat(throttle().attempt(typed, now)).isEmpty();
    }
  }

  private void useUpFreeAttempts(Instant now) {
    useUpFreeAttempts(now, SignInPolicy.FREE_ATTEMPTS);
  }

  private void useUpFreeAttempts(Instant now, int attempts) {
    for (int i = 0; i < attempts; i++) {
      assertThat(throttle().attempt(account, now)).isEmpty();
    }
  }
}
