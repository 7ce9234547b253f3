package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What every store of used ids does.
public abstract class UsedIdentifiersContract {
  private static final Instant NOW = MutableClock.START;
  private static final long UNTIL = NOW.plusSeconds(360).getEpochSecond();

  private final SecretHash identifier = SecretHash.of(Entropy.secure().value());

  protected abstract UsedIdentifiers identifiers();

  @Test
  void letsAnIdThroughOnce() {
    assertThat(identifiers().use(identifier, "r1", UNTIL, NOW)).isTrue();
    assertThat(identifiers().use(identifier, "r2", UNTIL, NOW)).isFalse();
    assertThat(identifiers().use(identifier, "r3", UNTIL, NOW)).isFalse();
  }

  @Test
  void letsTheSameRequestThroughAgain() {
    identifiers().use(identifier, "r1", UNTIL, NOW);

    assertThat(identifiers().use(identifier, "r1", UNTIL, NOW)).isTrue();
  }

  @Test
  void remembersUpToTheLastSecond() {
    identifiers().use(identifier, "r1", UNTIL, NOW);

    assertThat(identifiers().use(identifier, "r2", UNTIL, Instant.ofEpochSecond(UNTIL))).isFalse();
  }

  @Test
  void isNotHeldUpByWhatWasNotCleanedAway() {
    identifiers().use(identifier, "r1", UNTIL, NOW);
    var later = Instant.ofEpochSecond(UNTIL + 1);

    assertThat(identifiers().use(identifier, "r2", UNTIL + 360, later)).isTrue();
    assertThat(identifiers().use(identifier, "r3", UNTIL + 360, later)).isFalse();
  }

  @Test
  void countsEachIdByItself() {
    identifiers().use(identifier, "r1", UNTIL, NOW);

    assertThat(identifiers().use(SecretHash.of("x" + identifier), "r2", UNTIL, NOW)).isTrue();
  }

  @Test
  void letsOneOfManyThrough() throws Exception {
    var answers = Race.of(i -> identifiers().use(identifier, "r" + i, UNTIL, NOW));

    assertThat(answers).filteredOn(first -> first).hasSize(1);
  }
}
