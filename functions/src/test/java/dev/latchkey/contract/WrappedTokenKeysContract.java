package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.secret.Entropy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store of wrapped token keys does. Each test takes ids of its own, so the store must
/// be empty before.
public abstract class WrappedTokenKeysContract {
  protected abstract WrappedTokenKeys keys();

  @Test
  void keepsAWrappedKey() {
    var wrapped = Entropy.secure().bytes(300);

    assertThat(keys().putIfAbsent(WrappedTokenKey.of(10, wrapped, 4_102_444_800L))).isTrue();

    var kept = find(10).orElseThrow();
    assertThat(kept.wrapped()).isEqualTo(wrapped);
    assertThat(kept.usableFrom()).isEqualTo(4_102_444_800L);
    assertThat(kept.isRetired()).isFalse();
  }

  @Test
  void neverReplacesAKey() {
    put(30, 1, 2, 3);

    assertThat(keys().putIfAbsent(key(30, 4, 5, 6))).isFalse();
    assertThat(find(30).orElseThrow().wrapped()).containsExactly(1, 2, 3);
  }

  @Test
  void knowsAKeyThatWasSentTwice() {
    put(35, 1, 2, 3);

    assertThat(keys().putIfAbsent(key(35, 1, 2, 3))).isTrue();
  }

  @Test
  void keepsTheKeyOfOneOfManyCallers() throws Exception {
    var kept = Race.of(i -> keys().putIfAbsent(key(40, i)));

    assertThat(kept).filteredOn(won -> won).hasSize(1);
    assertThat(find(40).orElseThrow().wrapped()).containsExactly(kept.indexOf(true));
  }

  @Test
  void readsEveryKeyInTheOrderOfTheIds() {
    for (var id : List.of(255, 9, 0, 100, 50)) {
      put(id, 0xff, 0);
    }

    assertThat(keys().all())
        .extracting(WrappedTokenKey::id)
        .contains(0, 9, 50, 100, 255)
        .isSorted();
  }

  @Test
  void retiresAKeyForGood() {
    put(60, 1);
    put(61, 1);

    assertThat(keys().retire(60, 1_000)).isTrue();
    assertThat(keys().retire(60, 2_000)).isTrue();

    assertThat(find(60).orElseThrow().retiredAt()).isEqualTo(1_000);
    assertThat(find(61).orElseThrow().isRetired()).isFalse();
    assertThat(keys().putIfAbsent(key(60, 2))).isFalse();
  }

  @Test
  void retiresNothingWhereThereIsNoKey() {
    assertThat(keys().retire(70, 1_000)).isFalse();

    assertThat(find(70)).isEmpty();
  }

  private Optional<WrappedTokenKey> find(int id) {
    return keys().all().stream().filter(key -> key.id() == id).findFirst();
  }

  private void put(int id, int... wrapped) {
    assertThat(keys().putIfAbsent(key(id, wrapped))).isTrue();
  }

  private static WrappedTokenKey key(int id, int... wrapped) {
    var bytes = new byte[wrapped.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) wrapped[i];
    }
    return WrappedTokenKey.of(id, bytes, 0);
  }
}
