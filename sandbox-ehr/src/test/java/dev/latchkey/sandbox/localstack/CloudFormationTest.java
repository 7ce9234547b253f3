package dev.latchkey.sandbox.localstack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.sandbox.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a person is told when something else than LocalStack, or nothing, is there.
class CloudFormationTest {
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void nothingThere() {
    stop();
    assertRefused("LocalStack does not answer at http://127.0.0.1:");
  }

  @Test
  void anotherServer() {
    answer = "<!doctype html><html><p>Welcome</html>";
    assertRefused("is not LocalStack");
    answer = "{}";
    assertRefused("is not LocalStack");
  }

  @Test
  void aServiceThatIsNotThere() {
    status = 501;
    answer = "<ErrorResponse><Error><Code>InternalFailure</Code></Error></ErrorResponse>";
    assertRefused("LocalStack does not describe the stack latchkey-tables: InternalFailure.");
  }

  @Test
  void aBrokenStack() {
    answer =
        "<R><Stacks><member><StackStatus>ROLLBACK_COMPLETE</StackStatus></member></Stacks></R>";
    assertRefused("The stack latchkey-tables in LocalStack is ROLLBACK_COMPLETE. Start over:");
  }

  private void assertRefused(String message) {
    var endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (var cloudFormation = new CloudFormation(endpoint, "eu-west-1")) {
      assertThatThrownBy(() -> new Stacks(cloudFormation).outputs("latchkey-tables", ""))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining(message);
    }
  }
}
