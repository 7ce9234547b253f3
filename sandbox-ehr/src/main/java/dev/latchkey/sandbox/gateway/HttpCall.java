package dev.latchkey.sandbox.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An HTTP request without its body.
///
/// @param method as sent
/// @param path decoded
/// @param rawQuery as sent, without `?`; empty when there is none
/// @param headers all values by lower-case name
/// @param size bytes of the request line and the headers
record HttpCall(
    String method,
    String path,
    String rawQuery,
    Map<String, List<String>> headers,
    String protocol,
    String scheme,
    int port,
    String sourceIp,
    int size) {

  static HttpCall of(HttpServletRequest request) {
    var headers = new TreeMap<String, List<String>>();
    for (var name : Collections.list(request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
    }
    return new HttpCall(
        request.getMethod(),
        PercentDecoding.path(request.getRequestURI()),
        Optional.ofNullable(request.getQueryString()).orElse(""),
        headers,
        request.getProtocol(),
        request.getScheme(),
        request.getLocalPort(),
        request.getRemoteAddr(),
        size(request, headers));
  }

  Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  private static int size(HttpServletRequest request, Map<String, List<String>> headers) {
    var line =
        String.join(
            " ",
            request.getMethod(),
            request.getRequestURI(),
            Optional.ofNullable(request.getQueryString()).orElse(""),
            request.getProtocol());
    return bytes(line)
        + headers.entrySet().stream()
            .flatMap(
                header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
            .mapToInt(HttpCall::bytes)
            .sum();
  }

  private static int bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 2;
  }
}
