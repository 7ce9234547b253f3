package dev.latchkey.sandbox.threat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.TimedSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Threat T62: whoever calls says in headers of proxies where the call came from and went to.
class ForgedHeadersTest {
  private static final String APP =
      """
      {"client_name": "Blood pressure diary", "application_type": "native",
       "token_endpoint_auth_method": "none", "redirect_uris": ["http://127.0.0.1/callback"]}\
      """;

  private static final int ALLOWED = 20;

  private final TimedSandbox sandbox = TimedSandbox.dynamoDbLocal();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/.well-known/smart-configuration",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-protected-resource/fhir",
        "/fhir/Patient/mia"
      })
  void t62_theyChangeNoAddressThatIsPublished(String path) throws Exception {
    var forged = send("GET " + path, "", forged(66));

    assertThat(withoutItsOwn(forged))
        .isEqualTo(withoutItsOwn(send("GET " + path, "", List.of("Host: localhost"))))
        .contains(sandbox.running().baseUrl().toString())
        .doesNotContain("evil.example");
  }

  @Test
  void t62_theyMakeNoSecondCallerOfOne() throws Exception {
    anHourLater();
    for (int i = 0; i < ALLOWED; i++) {
      assertThat(register(i)).startsWith("HTTP/1.1 201");
    }

    assertThat(register(ALLOWED)).startsWith("HTTP/1.1 429").contains("temporarily_unavailable");

    anHourLater();
    assertThat(register(0)).startsWith("HTTP/1.1 201");
    anHourLater();
  }

  private void anHourLater() {
    sandbox.local().clock().advance(Duration.ofHours(1));
  }

  private String register(int caller) throws IOException {
    return send("POST /register", APP, forged(caller));
  }

  private static List<String> forged(int caller) {
    var address = "203.0.113." + caller;
    return List.of(
        "Host: evil.example",
        "Forwarded: for=" + address + ";host=evil.example;proto=https",
        "X-Forwarded-For: " + address,
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Port: 8443",
        "X-Forwarded-Prefix: /evil.example",
        "X-Forwarded-Proto: https",
        "X-Original-URL: /register/evil.example",
        "X-Real-IP: " + address,
        "X-Client-IP: " + address,
        "True-Client-IP: " + address);
  }

  /// The whole answer. No client library would send such a `Host`.
  private String send(String request, String body, List<String> headers) throws IOException {
    var lines =
        "%s HTTP/1.1\r\n%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(request, String.join("\r\n", headers), body.length(), body);
    var port = sandbox.running().baseUrl().getPort();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// What every answer has of its own: an id and a time.
  private static String withoutItsOwn(String answer) {
    return answer.replaceAll("(?mi)^(apigw-requestid|x-request-id|date): .*\r\n", "");
  }
}
