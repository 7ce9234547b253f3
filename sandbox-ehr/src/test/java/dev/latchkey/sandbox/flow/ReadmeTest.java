package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.RunningSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The README does what it says.
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BASH = Pattern.compile("(?s)```bash\n(.*?)```");
  private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern EXPECTED = Pattern.compile("(?m)^get '?([^' ]+)'? +# ([0-9]{3})");
  private static final Pattern PRINTED = Pattern.compile("(?m)^([0-9]{3}) (\\S+)$");

  private final String readme = Files.readString(ROOT.resolve("README.md"));

  ReadmeTest() throws IOException {}

  @Test
  void itsFlowWorksWhenPasted() throws Exception {
    var script =
        blocks(BASH).replace("http://localhost:8080", RunningSandbox.jdbc().baseUrl().toString());
    var shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
            .redirectErrorStream(true)
            .start();
    var output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(shell.exitValue()).as(output).isZero();
    assertThat(output).contains("granted: openid", "patient: kendal");
    var expected = find(EXPECTED, blocks(BASH), m -> m.group(2) + " " + m.group(1));
    assertThat(expected).hasSizeGreaterThan(3);
    assertThat(find(PRINTED, output, MatchResult::group)).as(output).isEqualTo(expected);
  }

  @Test
  void theCommandsThatItNamesExist() {
    var commands =
        find(Pattern.compile("(?m)^(\\./mvnw|infra/\\S+)"), blocks(SHELL), m -> m.group(1));
    assertThat(commands).isNotEmpty();
    for (var command : commands) {
      assertThat(ROOT.resolve(command)).isExecutable();
    }
  }

  @Test
  void theFilesThatItLinksExist() {
    var links = find(Pattern.compile("\\]\\(([^)#:]+)\\)"), readme, m -> m.group(1));
    assertThat(links).isNotEmpty();
    for (var link : links) {
      assertThat(ROOT.resolve(link)).exists();
    }
  }

  private String blocks(Pattern kind) {
    return find(kind, readme, m -> m.group(1)).stream().collect(Collectors.joining());
  }

  private static List<String> find(
      Pattern pattern, String text, Function<MatchResult, String> read) {
    return pattern.matcher(text).results().map(read).toList();
  }
}
