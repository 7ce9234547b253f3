package dev.latchkey.sandbox.gateway;

import static dev.latchkey.sandbox.gateway.TestFunctions.event;
import static dev.latchkey.sandbox.gateway.TestFunctions.object;
import static dev.latchkey.sandbox.gateway.TestFunctions.posted;
import static dev.latchkey.sandbox.gateway.TestFunctions.rawEvent;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Over HTTP: the event that a function receives.
class GatewayEventTest {
  @RegisterExtension static final LocalGateway gateway = TestFunctions.behindAGateway();

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
            gateway,
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
    assertThat(rawEvent(gateway, "GET /echo HTTP/1.1"))
        .containsEntry("rawQueryString", "")
        .doesNotContainKey("queryStringParameters");
  }

  @Test
  void headersAreLowerCaseAndJoinedAndCookiesStandApart() throws Exception {
    var event =
        rawEvent(
            gateway,
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
    assertThat(rawEvent(gateway, "GET /step/a%20b+c HTTP/1.1"))
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
      assertThat(posted(gateway, "{\"é\":1}", type))
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
      assertThat(posted(gateway, "a=1&b=é", type))
          .as(type)
          .containsEntry("body", encoded)
          .containsEntry("isBase64Encoded", true);
    }
  }
}
