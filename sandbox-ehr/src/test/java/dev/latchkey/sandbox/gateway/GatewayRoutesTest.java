package dev.latchkey.sandbox.gateway;

import static dev.latchkey.sandbox.gateway.TestFunctions.event;
import static dev.latchkey.sandbox.gateway.TestFunctions.posted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Over HTTP: which function a call goes to, and which calls are refused before any.
class GatewayRoutesTest {
  @RegisterExtension static final LocalGateway gateway = TestFunctions.behindAGateway();

  @Test
  void greedyRouteTakesEveryMethodAndTheRestOfThePath() throws Exception {
    var answer =
        gateway.send(gateway.request("/rest/a/b").method("PATCH", BodyPublishers.noBody()));
    assertThat(event(answer.body()))
        .containsEntry("routeKey", "ANY /rest/{proxy+}")
        .containsEntry("pathParameters", Map.of("proxy", "a/b"));
    assertThat(gateway.get("/rest").statusCode()).isEqualTo(404);
    assertThat(gateway.get("/rest/").statusCode()).isEqualTo(404);
  }

  @Test
  void whatTheTemplateDoesNotNameIsPassedOn() throws Exception {
    assertThat(gateway.get("/fhir/Patient").body()).isEqualTo("behind");
    for (var path : List.of("/", "/echo/", "/Echo", "/step/", "/step/a/b", "/echo;x=1")) {
      assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(gateway.get("/step/a/b").body()).isEqualTo("{\"message\":\"Not Found\"}");
  }

  @Test
  void aRouteWinsOverTheServletOfItsPrefix() throws Exception {
    var answer = gateway.get("/fhir/.well-known/smart-configuration");
    assertThat(event(answer.body()))
        .containsEntry("routeKey", "GET /fhir/.well-known/smart-configuration");
  }

  @Test
  void anotherMethodOfAKnownPathIsNotFound() throws Exception {
    var answer = gateway.send(gateway.request("/echo").DELETE());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    var head = gateway.send(gateway.request("/echo").HEAD());
    assertThat(head.statusCode()).isEqualTo(404);
  }

  @Test
  void bodyAtTheLimitPassesAndOneByteMoreIsRefused() throws Exception {
    var largest = "x".repeat(Gateway.LARGEST_BODY);
    assertThat(posted(gateway, largest, "text/plain")).containsEntry("body", largest);
    var refused =
        gateway.send(
            gateway
                .request("/echo")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(largest + "x")));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(event(refused.body()))
        .containsEntry("error", "invalid_request")
        .containsEntry("error_description", "The body is larger than 16384 bytes.");
  }

  @Test
  void aBodyWithoutALengthIsCappedToo() throws Exception {
    var endless = new ByteArrayInputStream(new byte[1_000_000]);
    var refused =
        gateway.send(gateway.request("/echo").POST(BodyPublishers.ofInputStream(() -> endless)));
    assertThat(refused.statusCode()).isEqualTo(413);
  }

  @Test
  void largeHeadersAreRefused() throws Exception {
    assertThat(gateway.raw("GET /echo HTTP/1.1", "X-Large: " + "x".repeat(10_000)))
        .startsWith("HTTP/1.1 200");
    assertThat(gateway.raw("GET /echo HTTP/1.1", "X-Large: " + "x".repeat(10_240)))
        .startsWith("HTTP/1.1 431")
        .contains("The request line and headers are larger than 10240 bytes.");
    assertThat(gateway.raw("GET /echo?" + "x".repeat(10_240) + " HTTP/1.1"))
        .startsWith("HTTP/1.1 431");
  }
}
