package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.InitialAccessTokenIssue;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.TimedSandbox;
import dev.latchkey.scope.ScopeSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/registering-apps.md` does what it says.
class RegisteringAppsPageTest extends SandboxFlow {
  private static final TimedSandbox TIMED = TimedSandbox.dynamoDbLocal();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\n(.*?)^ *```");

  /// Those whose registration is printed.
  private static final int APPS_OF_THE_PAGE = 7;

  private final Developer developer = new Developer(TIMED.running());

  @Override
  RunningSandbox sandbox() {
    return TIMED.running();
  }

  @Test
  void itsCommandsWorkWhenPastedOneAfterTheOther(@TempDir Path folder) throws Exception {
    TIMED.local().clock().advance(Duration.ofHours(1));
    var page = Files.readString(Path.of("..", "docs", "registering-apps.md"));
    var commands =
        BLOCK.matcher(page).results().map(block -> block.group(1)).collect(Collectors.joining());
    var script =
        commands
            .replace("http://localhost:8080", TIMED.running().baseUrl().toString())
            .replace("curl -s ", "curl -sS --fail-with-body ");
    var shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    var app = developer.register(Developer.nativeApp("Shared"));
    shell.environment().put("CLIENT_ID", app.text("client_id"));
    shell
        .environment()
        .put(
            "ACCESS_TOKEN",
            connect(developer.app(app, "http://127.0.0.1:51004/callback"))
                .getAccessToken()
                .getValue());
    shell.environment().put("INITIAL_ACCESS_TOKEN", initialAccessToken());

    var run = shell.start();
    var output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(output).isZero();
    assertThat(Pattern.compile("\"client_id\":").matcher(output).results())
        .as(output)
        .hasSize(APPS_OF_THE_PAGE);
  }

  /// What an operator issues for the backend service of the page.
  private static String initialAccessToken() {
    var wiring = TIMED.local().wiring();
    return new InitialAccessTokenIssue(wiring.stores().initialAccessTokens(), wiring.entropy())
        .issue(
            "Page",
            new Allowance(IdentityLevel.REGISTERED, ScopeSet.parse("system/*.rs"), true),
            1,
            Duration.ofHours(1),
            wiring.clock().instant())
        .token();
  }
}
