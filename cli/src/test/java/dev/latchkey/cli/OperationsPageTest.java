package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command lines of `docs/operations.md` can be typed as they stand there.
class OperationsPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash\n(.*?)^```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @Test
  void everyCommandOfThePageIsOne(@TempDir Path folder) throws IOException {
    var resourceServer = folder.resolve("resource-server.json");
    Files.writeString(resourceServer, "{\"client_name\": \"FHIR server\", \"grant_types\": []}");
    var local = LocalWiring.start();
    local.seed(TestClients.as(new ClientId("demo-native"), TestClients.nativeApp()));
    var lines = commands();
    assertThat(lines).hasSizeGreaterThan(15);

    try (var sandbox = new OperatorOverHttp(local.wiring())) {
      for (var line : lines) {
        var typed =
            Typed.in(
                Map.of("LATCHKEY_TARGET", "--sandbox " + sandbox.url()),
                words(line.replace("resource-server.json", resourceServer.toString())));
        // A key, a family or a token that is named on the page is not there.
        assertThat(typed.exitCode()).as(line + "\n" + typed.err()).isIn(0, 1);
        if (typed.exitCode() == 1) {
          assertThat(typed.err()).as(line).startsWith("There is no");
        }
      }
    }
  }

  private static List<String> commands() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "operations.md"));
    var commands = new ArrayList<String>();
    for (var block : BLOCK.matcher(page).results().toList()) {
      block
          .group(1)
          .replace("\\\n", " ")
          .lines()
          .map(line -> line.replaceFirst(" +#.*", ""))
          .filter(line -> line.startsWith("latchkey "))
          .forEach(commands::add);
    }
    return commands;
  }

  /// What a shell makes of a line: texts in quotes are one word.
  private static String[] words(String line) {
    return WORD.matcher(line.substring("latchkey ".length()))
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toArray(String[]::new);
  }
}
