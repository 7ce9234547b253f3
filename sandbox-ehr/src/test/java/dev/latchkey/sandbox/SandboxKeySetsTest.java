package dev.latchkey.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.client.KeySetSource.Answer;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.registration.RegistrationMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the sandbox reads key sets of apps from, with and without `latchkey.allow-loopback-keys`.
class SandboxKeySetsTest {
  private static final String KEY_SET = SigningApp.called("local-app").jwks();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer app;

  @BeforeEach
  void start() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          var body = KEY_SET.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    app.start();
  }

  @AfterEach
  void stop() {
    app.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void aDevelopersOwnMachineIsReadWhereTheSettingSaysSo(String host) {
    assertThat(read(true, host)).isEqualTo(new Answer.KeySet(KEY_SET, -1));
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "2130706433"})
  void otherwiseItIsNot(String host) {
    assertThat(read(false, host)).isInstanceOf(Answer.Blocked.class);
    assertThat(asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user@127.0.0.1",
        "localhost.attacker.example",
        "192.168.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "[fd00:ec2::254]",
      })
  void theSettingOpensThisMachineAndNothingElse(String host) {
    assertThat(read(true, host)).isInstanceOf(Answer.Blocked.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void theSettingIsRefusedWhereOthersCanReachTheSandbox() {
    for (var issuer :
        new String[] {"https://sandbox.example", "http://192.168.0.7:8080", "http://0.0.0.0:80"}) {
      assertThatThrownBy(() -> settings(issuer, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("latchkey.allow-loopback-keys");
      assertThat(settings(issuer, false).allowLoopbackKeys()).isFalse();
    }
  }

  private Answer read(boolean allowed, String host) {
    return SandboxKeySets.of(settings("http://localhost:8080", allowed))
        .read("http://%s:%d/jwks.json".formatted(host, app.getAddress().getPort()));
  }

  private static SandboxSettings settings(String issuer, boolean allowed) {
    return new SandboxSettings(
        URI.create(issuer), Path.of("data"), allowed, false, RegistrationMode.OPEN);
  }
}
