package dev.latchkey.sandbox.gateway;

import dev.latchkey.http.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a function answered, in payload format 2.0, sent as API Gateway's HTTP API sends it.
final class ResponseEvent {
  private final int status;
  private final Map<String, String> headers;
  private final List<String> cookies;
  private final byte[] body;

  private ResponseEvent(
      int status, Map<String, String> headers, List<String> cookies, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.cookies = cookies;
    this.body = body;
  }

  /// Reads what the function wrote.
  ///
  /// @throws IOException when the function did not answer in that format
  static ResponseEvent read(String json) throws IOException {
    var event = Json.readObject(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    if (!(event.get("statusCode") instanceof Number status)) {
      throw new IOException("The function's answer has no statusCode");
    }
    return new ResponseEvent(status.intValue(), headers(event), cookies(event), body(event));
  }

  void send(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    headers.forEach(response::setHeader);
    cookies.forEach(cookie -> response.addHeader("Set-Cookie", cookie));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static Map<String, String> headers(Map<String, Object> event) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    // The HTTP API's own default for an answer without a type.
    headers.put("content-type", "text/plain;charset=utf-8");
    if (event.get("headers") instanceof Map<?, ?> sent) {
      sent.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
    }
    // The gateway frames the body itself.
    headers.remove("content-length");
    return headers;
  }

  private static List<String> cookies(Map<String, Object> event) {
    return event.get("cookies") instanceof List<?> cookies
        ? cookies.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static byte[] body(Map<String, Object> event) throws IOException {
    var text = event.get("body") instanceof String body ? body : "";
    if (!Boolean.TRUE.equals(event.get("isBase64Encoded"))) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("The function's answer says that it is base64, and it is not", e);
    }
  }
}
