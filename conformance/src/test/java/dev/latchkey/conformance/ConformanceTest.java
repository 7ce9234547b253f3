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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void explainsItself() throws IOException {
    for (var arguments :
        List.of(
            List.<String>of(),
            List.of("check"),
            List.of("serve", "http://localhost/fhir"),
            List.of("check", "http://localhost/fhir", "--html"),
            List.of("check", "http://localhost/fhir", "--verbose", "yes"))) {
      assertThat(run(arguments)).isEqualTo(2);
    }
    assertThat(printed()).contains("Usage:");
  }

  @Test
  void aServerThatDoesNotAnswerFails() throws IOException {
    assertThat(run(List.of("check", "http://127.0.0.1:1/fhir"))).isEqualTo(1);
    assertThat(printed()).contains("FAILED   DIS-1").doesNotContain("ok ");
  }

  @Test
  void whatIsNotClaimedIsSkippedAndNeverPassed() throws IOException {
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
          .contains("ok       DIS-1", "FAILED   DIS-4", "There is no token_endpoint")
          .contains("skipped  OID-1", "skipped  TRS-1", "does not claim launch-standalone")
          .doesNotContain("ok       TRS", "ok       RSV");
      assertThat(Files.readString(report)).contains("DIS-4", "There is no token_endpoint");
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
