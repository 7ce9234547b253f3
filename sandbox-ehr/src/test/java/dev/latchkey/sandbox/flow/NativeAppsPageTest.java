package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.sandbox.RunningSandbox;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command-line app of docs/native-apps.md works as it is printed there. Where Python or
/// openssl is missing it is reported as skipped.
class NativeAppsPageTest extends SandboxFlow {
  private static final Path PAGE = Path.of("..", "docs", "native-apps.md");
  private static final Pattern PYTHON = Pattern.compile("(?s)```python\n(.*?)```");

  @TempDir Path folder;

  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }

  @Test
  void itsAppConnectsRefreshesAndGivesTheKeyBack() throws Exception {
    assumeTrue(isThere("python3", "--version"), "python3 is not installed");
    assumeTrue(isThere("openssl", "version"), "openssl is not installed");
    var app = start();
    try (var output = app.inputReader(StandardCharsets.UTF_8)) {
      var url = output.readLine().replaceFirst("^open: ", "");

      allow(url);

      assertThat(app.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output.lines())
          .containsExactly(
              "granted: openid fhirUser launch/patient offline_access patient/Patient.rs"
                  + " patient/Observation.rs",
              "lasts: 100 days after the last use",
              "read: 200",
              "refreshed: 200 the same successor: True",
              "read: 200",
              "given back: 200",
              "read: 401");
    } finally {
      app.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    var printed = PYTHON.matcher(Files.readString(PAGE));
    assertThat(printed.find()).isTrue();
    var script = folder.resolve("app.py");
    Files.writeString(
        script, printed.group(1).replace("http://localhost:8080", sandbox().baseUrl().toString()));
    var builder =
        new ProcessBuilder("python3", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    // The test is the browser.
    builder.environment().put("BROWSER", "true");
    return builder.start();
  }

  /// The patient's browser, up to the address where the app listens.
  private void allow(String url) throws IOException, InterruptedException {
    var browser = new PatientBrowser(sandbox().baseUrl().toString());
    var signIn = browser.open(url);
    assertThat(signIn.isAt("/interaction/sign-in")).as(signIn.body()).isTrue();
    var typed = Map.of("username", "kendal", "password", "sandbox-kendal");
    var consent = browser.submit(signIn, typed, _ -> true, "");
    var callback = browser.submit(consent, Map.of(), _ -> true, "allow").uri();
    var arrived =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(callback).build(), BodyHandlers.ofString());
    assertThat(arrived.statusCode()).isEqualTo(200);
  }
}
