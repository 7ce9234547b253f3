package dev.latchkey.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.family.TokenKeySchedule.State;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenKeyScheduleTest {
  private static final long NOW = 1_000;

  @Test
  void theNewestUsableKeyMakesTokens() {
    var schedule = of(key(1, 0, null), key(2, 500, null), key(3, 500, null), key(4, NOW + 1, null));

    assertThat(states(schedule, NOW))
        .containsExactly(State.USABLE, State.USABLE, State.CURRENT, State.NEXT);
    assertThat(states(schedule, NOW + 1))
        .containsExactly(State.USABLE, State.USABLE, State.USABLE, State.CURRENT);
  }

  @Test
  void theNewestIsTheOneThatIsUsableLastWhateverItsId() {
    assertThat(of(key(1, 900, null), key(2, 100, null)).current(NOW))
        .hasValueSatisfying(key -> assertThat(key.id()).isEqualTo(1));
  }

  @Test
  void aRetiredKeyIsNeitherFoundNorUsed() {
    var schedule = of(key(1, 0, null), key(2, 500, NOW));

    assertThat(states(schedule, NOW)).containsExactly(State.CURRENT, State.RETIRED);
    assertThat(schedule.find(2)).isEmpty();
    assertThat(schedule.find(1)).isPresent();
    assertThat(schedule.find(3)).isEmpty();
  }

  @Test
  void withoutAUsableKeyNoneIsCurrent() {
    assertThat(of().current(NOW)).isEmpty();
    assertThat(of(key(1, 0, 1L), key(2, NOW + 1, null)).current(NOW)).isEmpty();
  }

  @Test
  void noIdComesBack() {
    assertThat(of().nextId()).isEqualTo(1);
    assertThat(of(key(7, 0, 1L), key(3, 0, null)).nextId()).isEqualTo(8);
    assertThat(of(key(254, 0, null)).nextId()).isEqualTo(255);
  }

  @Test
  void theIdsEndAtOneByte() {
    var full = of(key(255, 0, null));

    assertThat(full.hasRoom()).isFalse();
    assertThatThrownBy(full::nextId)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no id left");
    for (var id : new int[] {-1, 256}) {
      assertThatThrownBy(() -> key(id, 0, null)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aKeyMoreChangesNothingElse() {
    var schedule = of(key(1, 0, null)).with(key(2, 0, null));

    assertThat(schedule.keys()).extracting(WrappedTokenKey::id).containsExactly(1, 2);
  }

  private static List<State> states(TokenKeySchedule schedule, long now) {
    return schedule.keys().stream().map(key -> schedule.state(key, now)).toList();
  }

  private static TokenKeySchedule of(WrappedTokenKey... keys) {
    return new TokenKeySchedule(
        IntStream.range(0, keys.length).mapToObj(i -> keys[keys.length - 1 - i]).toList());
  }

  private static WrappedTokenKey key(int id, long usableFrom, @Nullable Long retiredAt) {
    return new WrappedTokenKey(id, new byte[] {(byte) id}, usableFrom, retiredAt);
  }
}
