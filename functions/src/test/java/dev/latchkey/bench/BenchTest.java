package dev.latchkey.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.lambda.LambdaPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `bench/run` can measure what is here now: a round of starts, without Go. It fails when a refresh
/// does not call what `docs/calls.csv` says.
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's runtime interface client is for Linux")
class BenchTest {
  @TempDir Path folder;

  @Test
  void aRoundOfStartsIsMeasured() throws IOException, GeneralSecurityException {
    var table = new Bench(folder, LambdaPackage.folder(), 1, 1, "starts").measure().starts();
    assertThat(table)
        .hasSize(6)
        .anyMatch(line -> line.matches("\\| Latchkey \\|( [1-9]\\d* \\|){3}  \\|  \\|.*"))
        .anyMatch(line -> line.matches("\\| Latchkey, SnapStart \\| 0 \\|( [1-9]\\d* \\|){2}.*"));
  }
}
