package dev.latchkey.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;

/// Functions of a template that show what a gateway makes of a call and of an answer.
final class TestFunctions {
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

  /// How many calls wait for each other.
  static final int TOGETHER = 20;

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

  /// Answers once it was called TOGETHER times.
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

  private TestFunctions() {}

  /// A gateway in front of them, for a static field with `@RegisterExtension`.
  static LocalGateway behindAGateway() {
    return LocalGateway.start(
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

  /// The event for a body that was sent to the function that echoes.
  ///
  /// @param type empty for none
  static Map<String, Object> posted(LocalGateway gateway, String body, String type)
      throws Exception {
    var request = gateway.request("/echo").POST(BodyPublishers.ofString(body));
    return event(
        gateway.send(type.isEmpty() ? request : request.header("Content-Type", type)).body());
  }

  /// The event for these lines of a request.
  static Map<String, Object> rawEvent(LocalGateway gateway, String... lines) throws IOException {
    var answer = gateway.raw(lines);
    assertThat(answer).startsWith("HTTP/1.1 200");
    return event(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  static Map<String, Object> event(String json) throws IOException {
    return Json.readObject(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  static Map<String, Object> object(Map<String, Object> parent, String name) throws IOException {
    return event(Json.write(parent.getOrDefault(name, Map.of())));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
