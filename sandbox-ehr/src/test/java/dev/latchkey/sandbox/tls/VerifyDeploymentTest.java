package dev.latchkey.sandbox.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.conformance.app.Clients;
import dev.latchkey.conformance.app.NoPerson;
import dev.latchkey.conformance.app.Run;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.deployment.Deployment;
import dev.latchkey.conformance.deployment.DeploymentChecks;
import dev.latchkey.conformance.verdict.Verdict;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `infra/verify-deployment`, the script itself, against a sandbox on https. `java` is led to the
/// classes that this build compiled; `aws` is a script that knows one stack.
@BesideOthers
class VerifyDeploymentTest {
  private static final RunningSandbox SANDBOX =
      RunningSandbox.of("tls", Map.of("spring.profiles.active", "tls"));

  private static final String ISSUER = SANDBOX.baseUrl().toString().replaceAll("/$", "");

  @TempDir Path folder;

  private record Outcome(int code, String out) {}

  @BeforeEach
  void laysOutTheTools() throws Exception {
    script(
        "java",
        """
        if [ "$1" = -jar ]; then
          shift 2
          exec "%s/bin/java" -XX:TieredStopAtLevel=1 -Djavax.net.ssl.trustStore="%s" -Djavax.net.ssl.trustStorePassword=not-a-secret -cp "%s" dev.latchkey.conformance.Conformance "$@"
        fi
        exec "%s/bin/java" "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                trusted(),
                System.getProperty("java.class.path"),
                System.getProperty("java.home")));
    Files.writeString(folder.resolve("conformance.jar"), "");
  }

  @Test
  void aServerThatDoesAllPasses() throws Exception {
    var run = run(ISSUER);

    assertThat(run.out())
        .contains("met      DIS-15  M  it speaks TLS 1.2, and nothing older", "met      DEP-2")
        .contains("not run  DEP-4", "not run  TRS-1", "met      BKS-1")
        .doesNotContain("UNMET")
        .endsWith("pass: " + ISSUER + System.lineSeparator());
    assertThat(run.code()).isZero();
  }

  @Test
  void ofAStackItReadsTheOutputsAndTheWayAround() throws Exception {
    try (var closed = new Behind(403)) {
      stack(closed);

      var run = run("latchkey-prod", "--no-fhir-api", "--metric", "prod");

      assertThat(run.out())
          .contains("met      DEP-4", "not run  DIS-10", "pass: " + ISSUER)
          .doesNotContain("UNMET");
      assertThat(run.code()).isZero();
      assertThat(counted()).contains("--dimensions Deployment=prod --value 0");
    }
  }

  @Test
  void anApiThatAnswersBesideCloudFrontFailsAndIsCounted() throws Exception {
    try (var open = new Behind(200)) {
      stack(open);

      var run = run("latchkey-prod", "--metric", "prod");

      assertThat(run.out()).contains("UNMET    DEP-4", "FAIL: " + ISSUER);
      assertThat(run.code()).isEqualTo(1);
      assertThat(counted()).contains("--namespace Latchkey", "--value 1");
    }
  }

  @Test
  void whatCannotBeLookedAtIsNeverCountedAsGood() throws Exception {
    script("aws", "exit 255\n");
    assertThat(run("latchkey-prod", "--metric", "prod").code()).isEqualTo(3);
    assertThat(folder.resolve("counted")).doesNotExist();

    script("java", "test \"$1\" != -jar || exit 1\necho 'openjdk version \"25\"'\n");
    assertThat(run(ISSUER, "--metric", "prod").code()).isEqualTo(3);
    laysOutTheTools();
    assertThat(run(ISSUER, "--verbose", "--metric", "prod").code()).isEqualTo(2);
    assertThat(run().code()).isEqualTo(2);
    assertThat(folder.resolve("counted")).doesNotExist();
  }

  @Test
  void dep2_aCertificateThatWasNotRenewedIsTold() throws Exception {
    var trust = KeyStore.getInstance(trusted().toFile(), "not-a-secret".toCharArray());
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trust);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    var lateEnough = Instant.now().plus(LocalCertificate.LIFETIME).minus(Duration.ofDays(1));

    assertThat(certificate(tls, Instant.now())).isEqualTo(new Verdict.Met());
    assertThat(certificate(tls, lateEnough).toString()).contains("It ends at");
  }

  private static Verdict certificate(SSLContext tls, Instant now) {
    var nobody = new NoPerson();
    var clients = new Clients(Map.of(), false, "http://127.0.0.1/", "http://127.0.0.1/");
    var run = new Run(nobody, nobody, clients, Optional.empty(), Optional.empty(), true);
    var deployment = new Deployment(Optional.empty(), List.of(), () -> now, tls.getSocketFactory());
    return DeploymentChecks.groups(deployment).stream()
        .flatMap(group -> group.checks().stream())
        .filter(check -> check.id().equals("DEP-2"))
        .map(check -> check.run(new Server(SANDBOX.fhirBase(), run)))
        .findFirst()
        .orElseThrow();
  }

  private void stack(Behind api) throws IOException {
    script(
        "aws",
        """
        case "$*" in
          *put-metric-data*) echo "$*" > "%s/counted" ;;
          *SmartConfiguration*) echo "%s/fhir/.well-known/smart-configuration" ;;
          *"'Issuer'"*) echo "%s" ;;
          *ApiUrl*) echo "%s" ;;
          *OriginDomain*) echo None ;;
          *) exit 254 ;;
        esac
        """
            .formatted(folder, ISSUER, ISSUER, api.address()));
  }

  private String counted() throws IOException {
    return Files.readString(folder.resolve("counted"));
  }

  private void script(String name, String lines) throws IOException {
    var bin = Files.createDirectories(folder.resolve("bin"));
    var file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + lines);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Outcome run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("../infra/verify-deployment"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.toString());
    builder.environment().merge("PATH", "", (path, _) -> folder.resolve("bin") + ":" + path);
    builder
        .environment()
        .put("LATCHKEY_CONFORMANCE_JAR", folder.resolve("conformance.jar").toString());
    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), out);
  }

  /// Who was given the certificate's file believes it.
  private Path trusted() throws Exception {
    var data = SANDBOX.bean(SandboxSettings.class).dataFolder();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(LocalCertificate.in(data).certificate())) {
      store.setCertificateEntry(
          "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var file = folder.resolve("trusted.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, "not-a-secret".toCharArray());
    }
    return file;
  }

  /// The address that API Gateway gave to the API.
  private static final class Behind implements AutoCloseable {
    private final HttpServer server;

    Behind(int status) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
    }

    URI address() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
