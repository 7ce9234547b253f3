package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.secret.Entropy;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store of wrapped token keys does. Each test takes an id of its own, so the store must
/// be empty before.
public abstract class WrappedTokenKeysContract {
  protected abstract WrappedTokenKeys keys();

  @Test
  void keepsAWrappedKey() {
    var wrapped = Entropy.secure().bytes(300);

    assertThat(keys().putIfAbsent(10, wrapped)).isTrue();
    assertThat(keys().find(10)).hasValueSatisfying(kept -> assertThat(kept).isEqualTo(wrapped));
  }

  @Test
  void knowsNothingOfOtherIds() {
    keys().putIfAbsent(20, new byte[] {1});

    assertThat(keys().find(21)).isEmpty();
    assertThat(keys().find(2)).isEmpty();
    assertThat(keys().find(-1)).isEmpty();
  }

  @Test
  void neverReplacesAKey() {
    keys().putIfAbsent(30, new byte[] {1, 2, 3});

    assertThat(keys().putIfAbsent(30, new byte[] {4, 5, 6})).isFalse();
    assertThat(keys().find(30))
        .hasValueSatisfying(kept -> assertThat(kept).containsExactly(1, 2, 3));
  }

  @Test
  void keepsTheKeyOfOneOfManyCallers() throws Exception {
    var kept = Race.of(i -> keys().putIfAbsent(40, new byte[] {(byte) i}));

    assertThat(kept).filteredOn(won -> won).hasSize(1);
    assertThat(keys().find(40))
        .hasValueSatisfying(key -> assertThat(key).containsExactly(kept.indexOf(true)));
  }

  @Test
  void keepsTheHighestAndTheLowestId() {
    for (var id : List.of(0, 255)) {
      assertThat(keys().putIfAbsent(id, new byte[] {(byte) 0xff, 0})).isTrue();
      assertThat(keys().find(id)).isPresent();
    }
  }
}
