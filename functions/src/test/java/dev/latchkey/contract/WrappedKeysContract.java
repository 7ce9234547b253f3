package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.WrappedKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store of wrapped keys does.
public abstract class WrappedKeysContract {
  private final String use = "use-" + Entropy.secure().value();

  protected abstract WrappedKeys keys();

  @Test
  void keepsAKeyForEachUse() {
    var wrapped = Entropy.secure().bytes(300);

    assertThat(keys().find(use)).isEmpty();
    assertThat(keys().keepFirst(use, wrapped)).isEqualTo(wrapped);

    assertThat(keys().find(use)).hasValueSatisfying(kept -> assertThat(kept).isEqualTo(wrapped));
    assertThat(keys().find(use + "x")).isEmpty();
  }

  @Test
  void neverReplacesAKey() {
    keys().keepFirst(use, new byte[] {1, 2});

    assertThat(keys().keepFirst(use, new byte[] {3})).containsExactly(1, 2);
    assertThat(keys().find(use)).hasValueSatisfying(kept -> assertThat(kept).containsExactly(1, 2));
  }

  @Test
  void givesTheKeyOfOneCallerToAllThatComeTogether() throws Exception {
    var kept = Race.of(i -> List.of(keys().keepFirst(use, new byte[] {(byte) i})[0]));

    assertThat(kept).containsOnly(List.of(keys().find(use).orElseThrow()[0]));
  }
}
