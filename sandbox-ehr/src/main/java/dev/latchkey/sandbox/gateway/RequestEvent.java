package dev.latchkey.sandbox.gateway;

import dev.latchkey.http.Json;
import dev.latchkey.sandbox.gateway.RouteTable.Match.Found;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An HTTP request as API Gateway's HTTP API hands it to a function (payload format 2.0).
///
/// Source: AWS documentation, "Create AWS Lambda proxy integrations for HTTP APIs". What it leaves
/// open was observed on AWS by others: which bodies are base64 (ministack pull request 766), that
/// `rawPath` is decoded and `rawQueryString` is not (aws-lambda-dotnet pull request 1901, voker
/// pull request 8).
///
/// @param domain host of the issuer
/// @param requestId of this invocation
/// @param now when the request arrived
record RequestEvent(String domain, String requestId, Instant now) {
  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> TEXT_TYPES =
      List.of("application/json", "application/javascript", "application/xml");

  /// Writes the event. Empty parts are left out, as API Gateway does.
  String of(HttpCall call, byte[] body, Found match) {
    var event = new LinkedHashMap<String, Object>();
    event.put("version", "2.0");
    event.put("routeKey", match.route().key());
    event.put("rawPath", call.path());
    event.put("rawQueryString", call.rawQuery());
    putIfAny(event, "cookies", cookies(call));
    event.put("headers", headers(call));
    putIfAny(event, "queryStringParameters", QueryParameters.of(call.rawQuery()));
    event.put("requestContext", context(call, match.route()));
    putIfAny(event, "pathParameters", match.pathParameters());
    putBody(event, call, body);
    return Json.write(event);
  }

  private Map<String, Object> context(HttpCall call, Route route) {
    var context = new LinkedHashMap<String, Object>();
    context.put("accountId", "000000000000");
    context.put("apiId", "local");
    context.put("domainName", domain);
    context.put("domainPrefix", domain.split("\\.", 2)[0]);
    context.put("http", http(call));
    context.put("requestId", requestId);
    context.put("routeKey", route.key());
    context.put("stage", "$default");
    context.put("time", CLF.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    return context;
  }

  private static Map<String, Object> http(HttpCall call) {
    var http = new LinkedHashMap<String, Object>();
    http.put("method", call.method());
    http.put("path", call.path());
    http.put("protocol", call.protocol());
    http.put("sourceIp", call.sourceIp());
    http.put("userAgent", call.header("user-agent").orElse(""));
    return http;
  }

  /// Repeated headers joined with commas; cookies stand elsewhere. API Gateway adds where the
  /// request came from.
  private static Map<String, String> headers(HttpCall call) {
    var headers = new LinkedHashMap<String, String>();
    call.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.remove("cookie");
    headers.merge("x-forwarded-for", call.sourceIp(), (sent, own) -> sent + ", " + own);
    headers.put("x-forwarded-proto", call.scheme());
    headers.put("x-forwarded-port", String.valueOf(call.port()));
    return headers;
  }

  private static List<String> cookies(HttpCall call) {
    return call.headers().getOrDefault("cookie", List.of()).stream()
        .flatMap(header -> Arrays.stream(header.split(";", -1)))
        .map(String::strip)
        .filter(cookie -> !cookie.isEmpty())
        .toList();
  }

  private static void putBody(Map<String, Object> event, HttpCall call, byte[] body) {
    var text = isText(call.header("content-type"));
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
  }

  /// A form is not text here, and neither is a body without a type.
  private static boolean isText(Optional<String> contentType) {
    var media = contentType.orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return media.startsWith("text/") || TEXT_TYPES.contains(media);
  }

  private static void putIfAny(Map<String, Object> event, String name, List<?> values) {
    if (!values.isEmpty()) {
      event.put(name, values);
    }
  }

  private static void putIfAny(Map<String, Object> event, String name, Map<?, ?> values) {
    if (!values.isEmpty()) {
      event.put(name, values);
    }
  }
}
