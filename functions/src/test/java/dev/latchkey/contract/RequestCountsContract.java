package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.limit.RequestCounts;
import dev.latchkey.limit.RequestLimit;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every counter of requests does.
public abstract class RequestCountsContract {
  private static final RequestLimit LIMIT = RequestLimit.perHour(3);
  private static final Instant NOW = MutableClock.START;
  private static final Instant NEXT_WINDOW = Instant.ofEpochSecond(LIMIT.windowEnd(NOW));

  private final SecretHash caller = SecretHash.of(Entropy.secure().value());

  protected abstract RequestCounts counts();

  @Test
  void letsAsManyThroughAsTheLimitSays() {
    for (int i = 0; i < LIMIT.requests(); i++) {
      assertThat(counts().count(caller, LIMIT, NOW)).isEmpty();
    }
    assertThat(counts().count(caller, LIMIT, NOW)).contains(NEXT_WINDOW);
    assertThat(counts().count(caller, LIMIT, NEXT_WINDOW.minusSeconds(1))).contains(NEXT_WINDOW);
  }

  @Test
  void letsOneThroughWhereOneIsTheLimit() {
    var once = RequestLimit.perHour(1);

    assertThat(counts().count(caller, once, NOW)).isEmpty();
    assertThat(counts().count(caller, once, NOW)).contains(NEXT_WINDOW);
  }

  @Test
  void beginsAgainInTheNextWindow() {
    useUp(caller);

    assertThat(counts().count(caller, LIMIT, NEXT_WINDOW)).isEmpty();
  }

  @Test
  void countsEachCallerByItself() {
    useUp(caller);

    assertThat(counts().count(SecretHash.of("x" + caller), LIMIT, NOW)).isEmpty();
  }

  @Test
  void countsRequestsInParallelOneByOne() throws Exception {
    var answers = Race.of(_ -> counts().count(caller, LIMIT, NOW));

    assertThat(answers).filteredOn(Optional::isEmpty).hasSize((int) LIMIT.requests());
  }

  private void useUp(SecretHash who) {
    for (int i = 0; i < LIMIT.requests(); i++) {
      counts().count(who, LIMIT, NOW);
    }
  }
}
