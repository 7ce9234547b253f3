package dev.latchkey.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.latchkey.conformance.app.Clients;
import dev.latchkey.conformance.app.NoPerson;
import dev.latchkey.conformance.app.Run;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Result;
import dev.latchkey.conformance.deployment.Deployment;
import dev.latchkey.conformance.deployment.DeploymentChecks;
import dev.latchkey.conformance.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/// The command `verify`, for deployments that something is wrong with.
class DeploymentTest {
  private static final NoPerson NOBODY = new NoPerson();

  private static final Run RUN =
      new Run(
          NOBODY,
          NOBODY,
          new Clients(Map.of(), false, "http://127.0.0.1/callback", "http://127.0.0.1/launch"),
          Optional.empty(),
          Optional.empty(),
          true);

  @Test
  void eachCheckFailsForOneDeploymentAtLeast() throws IOException, JOSEException {
    var never = new LinkedHashSet<String>();
    results(URI.create("http://fhir.invalid/fhir"), List.of())
        .forEach(result -> never.add(name(result.check())));
    never.removeAll(unmet(URI.create("http://fhir.invalid/fhir"), List.of()));
    for (var broken : List.of(new CarelessServer(), new SloppyServer(), new LeakingServer())) {
      try (broken) {
        never.removeAll(unmet(broken.fhirBase(), List.of(URI.create(broken.issuer()))));
      }
    }

    assertThat(never).isEmpty();
  }

  @Test
  void dis15_aServerThatTakesOldTlsIsToldSo() throws IOException {
    try (var old = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerHello(old));

      var base = URI.create("https://localhost:%d/fhir".formatted(old.getLocalPort()));

      assertThat(results(base, List.of()))
          .filteredOn(result -> result.check().id().equals("DIS-15"))
          .extracting(Result::verdict)
          .containsExactly(new Verdict.Failed("It speaks TLS 1.0"));
    }
  }

  /// A record of the handshake (type 22), whatever was offered.
  private static void answerHello(ServerSocket server) {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        var _ = socket.getInputStream().read();
        socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 2, 2, 0});
        socket.getOutputStream().flush();
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Test
  void aDeploymentThatCallsItselfOtherwiseFails() throws IOException {
    try (var broken = new SloppyServer()) {
      assertThat(verify(broken.fhirBase().toString(), "--issuer", "https://auth.example.org"))
          .contains("UNMET    DEP-5", "smart-configuration calls it " + broken.issuer())
          .endsWith("%nexit code 1%n".formatted());
    }
  }

  @Test
  void nobodySignsInAndNoAppIsMade() throws IOException, JOSEException {
    try (var broken = new CarelessServer()) {
      assertThat(verify(broken.fhirBase().toString()))
          .contains("not run  TOK-4", "this run registers no app; name one with --confidential")
          .contains("not run  DEP-4", "(--behind)")
          .doesNotContain("%nmet      TRS".formatted());
    }
  }

  @Test
  void withoutItsFhirApiThatIsLeftOut() throws IOException, JOSEException {
    try (var broken = new CarelessServer()) {
      assertThat(verify(broken.fhirBase().toString(), "--no-fhir-api"))
          .contains("not run  DIS-10", "this run leaves the FHIR API out (--no-fhir-api)");
    }
  }

  @Test
  void whatIsNoAddressIsNamed() throws IOException {
    assertThat(verify("https://fhir.example/r4", "--behind", "https://a.example,b"))
        .contains("An address behind is no http or https address: b")
        .endsWith("exit code 2%n".formatted());
    assertThat(verify("https://fhir.example/r4", "--issuer", "auth example"))
        .contains("The issuer is no http or https address: auth example");
  }

  private static String verify(String base, String... options) throws IOException {
    var printed = new ByteArrayOutputStream();
    try (var out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      var arguments = Stream.concat(Stream.of("verify", base), Stream.of(options)).toList();
      out.printf("exit code %d%n", Conformance.run(arguments, out));
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static List<String> unmet(URI fhirBase, List<URI> behind) {
    return results(fhirBase, behind).stream()
        .filter(Result::isFailure)
        .map(result -> name(result.check()))
        .collect(Collectors.toList());
  }

  private static List<Result> results(URI fhirBase, List<URI> behind) {
    var deployment =
        new Deployment(
            Optional.empty(),
            behind,
            InstantSource.system(),
            (SSLSocketFactory) SSLSocketFactory.getDefault());
    var server = new Server(fhirBase, RUN);
    return DeploymentChecks.groups(deployment).stream()
        .flatMap(group -> group.run(server))
        .toList();
  }

  private static String name(Check check) {
    return check.id() + " " + check.sentence();
  }
}
