package dev.latchkey.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceTest {
  private static final String FHIR = "http://localhost/fhir";

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void explainsItself() throws IOException {
    assertThat(run(List.of("--help"))).isZero();
    assertThat(printed()).startsWith("Usage:").contains("--no-person", "--service-key FILE");
  }

  @Test
  void aWrongCommandIsToldWithItsExitCode() throws IOException {
    assertThat(run(List.of())).isEqualTo(2);
    assertThat(run(List.of("check"))).isEqualTo(2);
    assertThat(run(List.of("serve", FHIR))).isEqualTo(2);
    assertThat(printed()).contains("Usage:");
  }

  @ParameterizedTest
  @CsvSource({
    "--html, needs a value",
    "--verbose yes, There is no option --verbose",
    "--confidential only-an-id, ID:SECRET",
    "--service-client somebody, go together",
    "--key-app somebody --key no-such-file, cannot be read as a JSON Web Key"
  })
  void aWrongOptionIsNamed(String options, String problem) throws IOException {
    var command = new ArrayList<>(List.of("check", FHIR));
    command.addAll(List.of(options.split(" ", -1)));

    assertThat(run(command)).isEqualTo(2);
    assertThat(printed()).contains(problem, "See --help.");
  }

  @Test
  void anAddressThatIsNoneIsNamed() throws IOException {
    assertThat(run(List.of("check", "fhir"))).isEqualTo(2);
    assertThat(printed()).contains("no http or https address");
  }

  @Test
  void aServerThatDoesNotAnswerMeetsNothing() throws IOException {
    assertThat(run(List.of("check", "http://127.0.0.1:1/fhir"))).isEqualTo(1);
    assertThat(printed()).contains("UNMET    DIS-1   M").contains("%n0 met, ".formatted());
  }

  @Test
  void whatIsNotClaimedIsNotRunAndNeverMet() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/fhir/.well-known/smart-configuration",
        exchange -> {
          var body = "{\"capabilities\": []}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      var report = folder.resolve("report.html");
      var base = "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir/";

      assertThat(run(List.of("check", base, "--html", report.toString()))).isEqualTo(1);

      assertThat(printed())
          .contains("met      DIS-1   M", "UNMET    DIS-4   M", "There is no token_endpoint")
          .contains("not run  OID-1   M", "not run  TRS-1   M", "does not claim launch-standalone")
          .doesNotContain("%nmet      TRS".formatted(), "%nmet      RSV".formatted());
      assertThat(Jsoup.parse(Files.readString(report)).select("tr:contains(There is no token)"))
          .extracting(row -> row.children().eachText())
          .containsExactly(
              List.of(
                  "DIS-4",
                  "M",
                  "it has what is always required, and S256 There is no token_endpoint",
                  "unmet"));
    } finally {
      server.stop(0);
    }
  }

  private int run(List<String> arguments) throws IOException {
    return Conformance.run(arguments, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
