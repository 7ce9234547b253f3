package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.openid.connect.sdk.rp.ApplicationType;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformation;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformationResponse;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationRequest;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationResponseParser;
import dev.latchkey.sandbox.RunningSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Client libraries that app builders use, each from registration to refresh, as they come from
/// their registries. Where npm or Python is missing its tests are reported as skipped, by name.
class ClientStacksTest extends SandboxFlow {
  private static final Path CLIENTS = Path.of("src", "test", "clients");
  private static final Path INSTALLED = Path.of("target", "client-stacks").toAbsolutePath();
  private static final URI CALLBACK = URI.create("http://localhost:51006/callback");

  @TempDir Path output;

  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.jdbc();
  }

  @Test
  void nimbus() throws Exception {
    var registered = register();
    var app =
        new SmartApp(
            SmartApp.discover(sandbox().baseUrl()),
            sandbox().fhirBase(),
            registered.getID(),
            Optional.of(registered.getSecret()),
            CALLBACK);

    var first = connect(app);
    var second = app.refreshed(first.getRefreshToken()).getOIDCTokens();

    assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
    assertThat(read("/Patient/kendal", second.getAccessToken()).statusCode()).isEqualTo(200);
  }

  /// With DPoP and pushed authorization requests.
  @Test
  void openidClientFromNpm() throws Exception {
    assertThat(run("node", javascript().resolve("openid-client.mjs").toString()))
        .contains("registered", "connected kendal", "refreshed", "only with the key", "gave");
  }

  @Test
  void smartJavaScriptClient() throws Exception {
    assertThat(run("node", javascript().resolve("smart-client.mjs").toString()))
        .contains("registered", "connected kendal", "refreshed", "read");
  }

  @Test
  void smartPythonClient() throws Exception {
    assertThat(run(python().toString(), CLIENTS.resolve("python/smart_client.py").toString()))
        .contains("registered", "connected kendal", "refreshed", "read");
  }

  private OIDCClientInformation register() throws IOException, ParseException {
    var metadata = new OIDCClientMetadata();
    metadata.setName("Nimbus");
    metadata.setApplicationType(ApplicationType.WEB);
    metadata.setRedirectionURI(CALLBACK);
    metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
    metadata.setTokenEndpointAuthMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    metadata.setScope(Scope.parse(EVERYTHING));
    var endpoint = SmartApp.discover(sandbox().baseUrl()).getRegistrationEndpointURI();
    HTTPResponse answer =
        new OIDCClientRegistrationRequest(endpoint, metadata, null).toHTTPRequest().send();
    ClientRegistrationResponse response = OIDCClientRegistrationResponseParser.parse(answer);
    assertThat(response.indicatesSuccess()).as(answer.getBody()).isTrue();
    return ((OIDCClientInformationResponse) response).getOIDCClientInformation();
  }

  /// The scripts with the packages of the lock file beside them.
  private Path javascript() throws Exception {
    assumeTrue(isThere("npm", "--version"), "npm is not installed");
    var folder = Files.createDirectories(INSTALLED.resolve("javascript"));
    try (var files = Files.list(CLIENTS.resolve("javascript"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
      execute(
          new ProcessBuilder(
                  "npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(folder.toFile()));
    }
    return folder;
  }

  /// A Python with the packages of requirements.txt.
  private Path python() throws Exception {
    assumeTrue(isThere("python3", "-m", "venv", "--help"), "python3 with venv is not installed");
    assumeTrue(isThere("python3", "-m", "pip", "--version"), "pip is not installed");
    var folder = INSTALLED.resolve("python");
    var python = folder.resolve("bin/python");
    if (!Files.exists(folder.resolve("complete"))) {
      execute(new ProcessBuilder("python3", "-m", "venv", folder.toString()));
      execute(
          new ProcessBuilder(
              python.toString(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--requirement",
              CLIENTS.resolve("python/requirements.txt").toString()));
      Files.createFile(folder.resolve("complete"));
    }
    return python;
  }

  private String run(String program, String script) throws Exception {
    return execute(new ProcessBuilder(program, script, sandbox().baseUrl().toString()));
  }

  private String execute(ProcessBuilder command) throws Exception {
    var log = Files.createTempFile(output, "output", ".txt");
    var process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var ended = process.waitFor(3, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    var printed = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as("%s ended. It printed:%n%s", command.command(), printed).isTrue();
    assertThat(process.exitValue()).as("%s:%n%s", command.command(), printed).isZero();
    return printed;
  }
}
