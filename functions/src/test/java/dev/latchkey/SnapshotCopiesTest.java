package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.lambda.CopiedProgram;
import java.io.IOException;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Two copies of one primed function, which go on from the same memory, have no random value in
/// common.
@EnabledOnOs(value = OS.LINUX, disabledReason = "the copies are made by Linux")
class SnapshotCopiesTest {
  private static CopiedProgram.Copies copies;

  @BeforeAll
  static void copyTwice() throws IOException, InterruptedException {
    copies = CopiedProgram.run();
  }

  /// Or the rest of this class would show nothing.
  @Test
  void theyAreCopies() {
    assertThat(copies.one().fromKeptGenerator()).isEqualTo(copies.other().fromKeptGenerator());
  }

  @Test
  void noRandomValueOfTheFunctionsIsInBoth() {
    var all = new HashSet<>(copies.one().values());
    all.addAll(copies.other().values());

    assertThat(copies.one().values()).hasSize(1000);
    assertThat(all).hasSize(2000);
  }

  @Test
  void whatJavaReadAheadIsDropped() {
    assertThat(copies.one().fromNewGenerator()).isNotEqualTo(copies.other().fromNewGenerator());
  }
}
