package dev.latchkey.sandbox.gateway;

import static dev.latchkey.sandbox.gateway.TestFunctions.TOGETHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Over HTTP: what a caller gets for what a function answers.
class GatewayTest {
  @RegisterExtension static final LocalGateway gateway = TestFunctions.behindAGateway();

  @Test
  void cor3_refusalsAreReadableForPagesWhereTheRouteIs() throws Exception {
    for (var open : List.of(true, false)) {
      var path = open ? "/open" : "/answer";
      var answers =
          Map.of(
              404,
              gateway.get(path),
              413,
              gateway.send(gateway.request(path).POST(BodyPublishers.ofString("x".repeat(20_000)))),
              500,
              gateway.send(
                  gateway
                      .request(path)
                      .header("Content-Type", "text/plain")
                      .POST(BodyPublishers.ofString("fail"))));
      answers.forEach(
          (status, answer) -> {
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().allValues("access-control-allow-origin"))
                .as(path + " " + status)
                .isEqualTo(open ? List.of("*") : List.of());
          });
    }
    assertThat(gateway.get("/open/none").statusCode()).isEqualTo(404);
  }

  @Test
  void answerBecomesStatusHeadersCookiesAndBody() throws Exception {
    var answer =
        answered(
            """
            {"statusCode": 303, "headers": {"Location": "https://app.example.org/?a=1", "content-length": "9"},
             "cookies": ["a=1; Path=/; HttpOnly", "b=2"], "body": "gone"}
            """);
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).hasValue("https://app.example.org/?a=1");
    assertThat(answer.headers().allValues("set-cookie"))
        .containsExactly("a=1; Path=/; HttpOnly", "b=2");
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain;charset=utf-8");
    assertThat(answer.body()).isEqualTo("gone");
  }

  @Test
  void base64AnswerIsDecoded() throws Exception {
    var answer =
        answered(
            """
            {"statusCode": 200, "headers": {"content-type": "image/png"}, "body": "w6k=", "isBase64Encoded": true}
            """);
    assertThat(answer.headers().firstValue("content-type")).hasValue("image/png");
    assertThat(answer.body()).isEqualTo("é");
  }

  @Test
  void faultsAndAnswersInNoFormatAreInternalServerErrors() throws Exception {
    for (var said :
        List.of(
            "fail",
            "no JSON",
            "{\"body\":\"x\"}",
            "{\"statusCode\":200,\"body\":\"*\",\"isBase64Encoded\":true}")) {
      var answer = answered(said);
      assertThat(answer.statusCode()).as(said).isEqualTo(500);
      assertThat(answer.body()).as(said).isEqualTo("{\"message\":\"Internal Server Error\"}");
      assertThat(answer.headers().allValues("set-cookie")).isEmpty();
    }
  }

  @Test
  void aLoggedFaultNeverRepeatsWhatWasSaid() {
    var fault =
        new Fault(new IllegalStateException("the secret is hunter2", new IOException("hunter2")));
    assertThat(fault.toString())
        .contains("java.lang.IllegalStateException", "caused by java.io.IOException", "GatewayTest")
        .doesNotContain("hunter2");
  }

  @Test
  void manyRequestsRunAtOnceOnVirtualThreads() throws Exception {
    Callable<String> call = () -> gateway.get("/wait").body();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = Collections.nCopies(TOGETHER, call);
      for (var answer : callers.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo("true");
      }
    }
  }

  private static HttpResponse<String> answered(String event) throws Exception {
    return gateway.send(
        gateway
            .request("/answer")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(event)));
  }
}
