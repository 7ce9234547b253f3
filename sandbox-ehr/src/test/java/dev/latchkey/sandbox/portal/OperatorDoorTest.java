package dev.latchkey.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.contract.FreePort;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.gateway.Functions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// Who gets through the operator's door. What is behind it is `OperatorFlowTest`'s; here a function
/// that writes down what reached it, and answers with it.
class OperatorDoorTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<String> REACHED = new CopyOnWriteArrayList<>();
  private static ConfigurableApplicationContext context;
  private static URI issuer;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class
  })
  @EnableConfigurationProperties(SandboxSettings.class)
  @Import(PortalConfiguration.class)
  static class PortalWithOperator {
    @Bean
    Functions functions() {
      RequestStreamHandler echo =
          (in, out, ignored) -> {
            var command = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            REACHED.add(command);
            out.write(command.getBytes(StandardCharsets.UTF_8));
          };
      return new Functions(Map.of("OperatorFunction", echo));
    }
  }

  @BeforeAll
  static void start() throws IOException {
    issuer = URI.create("http://localhost:" + FreePort.find());
    context = start(issuer);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @BeforeEach
  void forget() {
    REACHED.clear();
  }

  @Test
  void aCommandOfThisMachineGetsThrough() throws Exception {
    var answer = send(command().header("content-type", "application/json; charset=utf-8"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"outcome\":\"done\"}");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(REACHED).hasSize(1);
  }

  @Test
  void aScriptOfTheSandboxItselfGetsThrough() throws Exception {
    var request = command().header("content-type", "application/json");
    request.header("origin", issuer.toString()).header("sec-fetch-site", "same-origin");

    assertThat(send(request).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "origin,https://evil.example",
    "origin,null",
    "origin,http://127.0.0.1:1",
    "origin,http://localhost",
    "sec-fetch-site,cross-site",
    "sec-fetch-site,same-site",
    "sec-fetch-site,anything"
  })
  void aPageOfAnotherOriginStaysOut(String header, String value) throws Exception {
    var answer = send(command().header("content-type", "application/json").header(header, value));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(REACHED).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain; application/json",
        "application/jsonp"
      })
  void whatAFormCanSendStaysOut(String contentType) throws Exception {
    var request = command();
    if (!contentType.isEmpty()) {
      request.header("content-type", contentType);
    }

    assertThat(send(request).statusCode()).isEqualTo(415);
    assertThat(REACHED).isEmpty();
  }

  @Test
  void noOtherOriginIsAllowedByAPreflight() throws Exception {
    var preflight =
        HttpRequest.newBuilder(issuer.resolve(OperatorDoor.PATH))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("origin", "https://evil.example")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type");

    var headers = send(preflight).headers().map();

    assertThat(headers.keySet()).noneMatch(name -> name.startsWith("access-control-"));
  }

  @Test
  void aCommandThatIsTooLargeStaysOut() throws Exception {
    var request =
        HttpRequest.newBuilder(issuer.resolve(OperatorDoor.PATH))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(" ".repeat(16_385)));

    assertThat(send(request).statusCode()).isEqualTo(413);
    assertThat(REACHED).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"invalid_request,400", "unknown_key,400", "unavailable,503"})
  void aRefusedCommandHasAnErrorStatus(String error, int status) throws Exception {
    var request =
        HttpRequest.newBuilder(issuer.resolve(OperatorDoor.PATH))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("{\"error\":\"" + error + "\"}"));

    assertThat(send(request).statusCode()).isEqualTo(status);
  }

  @Test
  void thereIsNothingToGet() throws Exception {
    assertThat(send(HttpRequest.newBuilder(issuer.resolve(OperatorDoor.PATH))).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sandbox.example.org",
        "http://localhost.example.org",
        "http://192.0.2.1:8080"
      })
  void aSandboxThatOthersReachHasNoDoor(String publicIssuer) throws Exception {
    var port = FreePort.find();
    try (var _ =
        SpringApplication.run(
            PortalWithOperator.class,
            "--server.port=" + port,
            "--latchkey.issuer=" + publicIssuer)) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + OperatorDoor.PATH))
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString("{\"command\":\"list-token-keys\"}"));

      assertThat(send(request).statusCode()).isEqualTo(404);
      assertThat(REACHED).isEmpty();
    }
  }

  private static ConfigurableApplicationContext start(URI issuer) {
    return SpringApplication.run(PortalWithOperator.class, "--server.port=" + issuer.getPort());
  }

  private static HttpRequest.Builder command() {
    return HttpRequest.newBuilder(issuer.resolve(OperatorDoor.PATH))
        .POST(BodyPublishers.ofString("{\"outcome\":\"done\"}"));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
