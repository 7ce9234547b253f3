package dev.latchkey.endpoint;

import dev.latchkey.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What API Gateway sends to a Lambda authorizer (payload format 2.0) about one request to the FHIR
/// server.
record GatewayRequest(String method, String path, Map<String, String> headers) {
  static GatewayRequest of(String method, String path) {
    return new GatewayRequest(method, path, Map.of());
  }

  static GatewayRequest get(String path) {
    return of("GET", path);
  }

  GatewayRequest with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new GatewayRequest(method, path, more);
  }

  GatewayRequest bearer(String token) {
    return with("authorization", "Bearer " + token);
  }

  GatewayRequest dpop(String token, String proof) {
    return with("authorization", "DPoP " + token).with("dpop", proof);
  }

  String event() {
    var event = new LinkedHashMap<String, Object>();
    event.put("version", "2.0");
    event.put("type", "REQUEST");
    event.put(
        "routeArn",
        "arn:aws:execute-api:eu-west-1:000000000000:a1b2c3d4e5/$default/" + method + path);
    event.put("identitySource", List.copyOf(headers.values()));
    event.put("routeKey", "ANY /fhir/{proxy+}");
    event.put("rawPath", path);
    event.put("rawQueryString", "");
    // What the caller says about hosts is not to be believed.
    var sent = new LinkedHashMap<String, Object>(headers);
    sent.put("host", "attacker.example");
    sent.put("x-forwarded-host", "attacker.example");
    event.put("headers", sent);
    event.put(
        "requestContext",
        Map.of(
            "domainName",
            "attacker.example",
            "http",
            Map.of("method", method, "path", path, "sourceIp", "192.0.2.7")));
    return Json.write(event);
  }
}
