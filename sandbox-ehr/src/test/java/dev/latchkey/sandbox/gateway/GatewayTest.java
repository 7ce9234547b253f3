package dev.latchkey.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Over HTTP: what a function receives and what a caller gets back.
class GatewayTest {
  private static final String TEMPLATE =
      """
      Resources:
        EchoFunction:
          Type: AWS::Serverless::Function
          Properties:
            Handler: test.Echo::handleRequest
            Role: !GetAtt Roles.Outputs.EchoRoleArn
            Events:
              Get: { Type: HttpApi, Properties: { ApiId: !Ref HttpApi, Method: GET, Path: /echo } }
              Post: { Type: HttpApi, Properties: { ApiId: !Ref HttpApi, Method: POST, Path: /echo } }
              Step: { Type: HttpApi, Properties: { ApiId: !Ref HttpApi, Method: get, Path: "/step/{step}" } }
              Rest: { Type: HttpApi, Properties: { ApiId: !Ref HttpApi, Method: "*", Path: "/rest/{proxy+}" } }
              WellKnown: { Type: HttpApi, Properties: { Method: GET, Path: /fhir/.well-known/smart-configuration } }
              Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
        AnswerFunction:
          Type: AWS::Serverless::Function
          Properties:
            Handler: test.Answer::handleRequest
            Events:
              Post: { Type: HttpApi, Properties: { Method: POST, Path: /answer } }
        OpenFunction:
          Type: AWS::Serverless::Function
          Properties:
            Handler: test.Answer::handleRequest
            Events:
              Post: { Type: HttpApi, Properties: { Method: POST, Path: /open } }
              Preflight: { Type: HttpApi, Properties: { Method: OPTIONS, Path: /open } }
        WaitFunction:
          Type: AWS::Serverless::Function
          Properties:
            Handler: test.Wait::handleRequest
            Events:
              Get: { Type: HttpApi, Properties: { Method: GET, Path: /wait } }
      """;

  private static final int TOGETHER = 20;
  private static final CyclicBarrier ALL_AT_ONCE = new CyclicBarrier(TOGETHER);

  /// Answers with the event that it got.
  private static final RequestStreamHandler ECHO =
      (in, out, context) -> {
        var event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        write(
            out,
            Json.write(
                Map.of(
                    "statusCode",
                    200,
                    "headers",
                    Map.of(
                        "content-type", "application/json", "x-request", context.getAwsRequestId()),
                    "body",
                    event)));
      };

  /// Answers with the body that it was sent, as the whole response event.
  private static final RequestStreamHandler ANSWER =
      (in, out, context) -> {
        var body = String.valueOf(Json.readObject(in).get("body"));
        if (body.equals("fail")) {
          throw new IllegalStateException("the secret is hunter2");
        }
        write(out, body);
      };

  private static final RequestStreamHandler WAIT =
      (in, out, context) -> {
        try {
          ALL_AT_ONCE.await();
        } catch (Exception e) {
          throw new IOException(e);
        }
        write(
            out,
            Json.write(
                Map.of(
                    "statusCode",
                    200,
                    "body",
                    String.valueOf(Thread.currentThread().isVirtual()))));
      };

  private static LocalGateway gateway;

  @BeforeAll
  static void start() throws IOException, LifecycleException {
    gateway =
        LocalGateway.start(
            TEMPLATE,
            Map.of(
                "EchoFunction",
                ECHO,
                "AnswerFunction",
                ANSWER,
                "OpenFunction",
                ANSWER,
                "WaitFunction",
                WAIT));
  }

  @AfterAll
  static void stop() throws LifecycleException {
    gateway.close();
  }

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
  void eventNamesTheRouteAndTheCall() throws Exception {
    var answer = gateway.send(gateway.request("/step/sign-in?a=1").header("User-Agent", "test/1"));
    var event = event(answer.body());
    assertThat(event)
        .containsEntry("version", "2.0")
        .containsEntry("routeKey", "GET /step/{step}")
        .containsEntry("rawPath", "/step/sign-in")
        .containsEntry("rawQueryString", "a=1")
        .containsEntry("pathParameters", Map.of("step", "sign-in"))
        .containsEntry("isBase64Encoded", false)
        .doesNotContainKeys("body", "cookies");
    var context = object(event, "requestContext");
    assertThat(context)
        .containsEntry("routeKey", "GET /step/{step}")
        .containsEntry("stage", "$default")
        .containsEntry("domainName", "sandbox.example.org")
        .containsEntry("domainPrefix", "sandbox")
        .containsEntry("accountId", "000000000000")
        .containsEntry("apiId", "local")
        .containsEntry("time", "12/Mar/2026:19:03:58 +0000")
        .containsEntry("timeEpoch", LocalGateway.NOW.toEpochMilli())
        .containsEntry("requestId", answer.headers().firstValue("apigw-requestid").orElseThrow())
        .containsEntry("requestId", answer.headers().firstValue("x-request").orElseThrow());
    assertThat(object(context, "http"))
        .containsEntry("method", "GET")
        .containsEntry("path", "/step/sign-in")
        .containsEntry("protocol", "HTTP/1.1")
        .containsEntry("sourceIp", "127.0.0.1")
        .containsEntry("userAgent", "test/1");
  }

  @Test
  void queryIsPassedOnAsSentAndAlsoDecoded() throws Exception {
    var event =
        rawEvent(
            "GET /echo?code=loinc%7C1-2&code=a|b&plus=x+y&pct=%2B&bad=%zz&bad2=%C3%28&flag&=v"
                + " HTTP/1.1");
    assertThat(event)
        .containsEntry(
            "rawQueryString",
            "code=loinc%7C1-2&code=a|b&plus=x+y&pct=%2B&bad=%zz&bad2=%C3%28&flag&=v");
    assertThat(object(event, "queryStringParameters"))
        .containsEntry("code", "loinc|1-2,a|b")
        .containsEntry("plus", "x y")
        .containsEntry("pct", "+")
        .containsEntry("bad", "%zz")
        .containsEntry("flag", "")
        .containsEntry("", "v")
        .containsKey("bad2");
  }

  @Test
  void noQueryIsAnEmptyString() throws Exception {
    assertThat(rawEvent("GET /echo HTTP/1.1"))
        .containsEntry("rawQueryString", "")
        .doesNotContainKey("queryStringParameters");
  }

  @Test
  void headersAreLowerCaseAndJoinedAndCookiesStandApart() throws Exception {
    var event =
        rawEvent(
            "GET /echo HTTP/1.1",
            "X-TwIce: one",
            "x-twice: two",
            "Cookie: a=1; b=2",
            "Cookie: c=x=y",
            "X-Forwarded-For: 203.0.113.9");
    assertThat(object(event, "headers"))
        .containsEntry("x-twice", "one,two")
        .containsEntry("x-forwarded-for", "203.0.113.9, 127.0.0.1")
        .containsEntry("x-forwarded-proto", "http")
        .containsEntry("x-forwarded-port", String.valueOf(gateway.port()))
        .doesNotContainKeys("cookie", "X-TwIce", "Cookie");
    assertThat(event).containsEntry("cookies", List.of("a=1", "b=2", "c=x=y"));
    assertThat(object(object(event, "requestContext"), "http"))
        .containsEntry("sourceIp", "127.0.0.1");
  }

  @Test
  void pathIsDecoded() throws Exception {
    assertThat(rawEvent("GET /step/a%20b+c HTTP/1.1"))
        .containsEntry("rawPath", "/step/a b+c")
        .containsEntry("pathParameters", Map.of("step", "a b+c"));
  }

  @Test
  void onlyTextBodiesArePassedAsText() throws Exception {
    for (var type :
        List.of(
            "text/plain",
            "text/html; charset=utf-8",
            "application/json",
            "Application/XML",
            "application/javascript")) {
      assertThat(posted("{\"é\":1}", type))
          .as(type)
          .containsEntry("body", "{\"é\":1}")
          .containsEntry("isBase64Encoded", false);
    }
  }

  @Test
  void formsAndBodiesWithoutATypeAreBase64() throws Exception {
    var encoded = Base64.getEncoder().encodeToString("a=1&b=é".getBytes(StandardCharsets.UTF_8));
    for (var type :
        List.of("application/x-www-form-urlencoded", "application/fhir+json", "image/png", "")) {
      assertThat(posted("a=1&b=é", type))
          .as(type)
          .containsEntry("body", encoded)
          .containsEntry("isBase64Encoded", true);
    }
  }

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
    assertThat(posted(largest, "text/plain")).containsEntry("body", largest);
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

  private static Map<String, Object> posted(String body, String type) throws Exception {
    var request = gateway.request("/echo").POST(BodyPublishers.ofString(body));
    return event(
        gateway.send(type.isEmpty() ? request : request.header("Content-Type", type)).body());
  }

  private static Map<String, Object> rawEvent(String... lines) throws IOException {
    var answer = gateway.raw(lines);
    assertThat(answer).startsWith("HTTP/1.1 200");
    return event(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  private static Map<String, Object> event(String json) throws IOException {
    return Json.readObject(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Object> object(Map<String, Object> parent, String name)
      throws IOException {
    return event(Json.write(parent.getOrDefault(name, Map.of())));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
