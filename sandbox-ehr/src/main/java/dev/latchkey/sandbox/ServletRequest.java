package dev.latchkey.sandbox;

import dev.latchkey.http.Request;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Reads a request of a servlet, for pages that are the sandbox's own.
public final class ServletRequest {
  /// More than any form of ours.
  private static final int LARGEST_BODY = 64 * 1024;

  private ServletRequest() {}

  /// The whole request; a longer body is cut off, and its form then lacks what makes it ours.
  public static Request read(HttpServletRequest request) throws IOException {
    var headers =
        Collections.list(request.getHeaderNames()).stream()
            .collect(
                Collectors.toMap(
                    name -> name.toLowerCase(Locale.ROOT),
                    name -> String.join(",", Collections.list(request.getHeaders(name))),
                    (first, _) -> first));
    return new Request(
        request.getMethod(),
        request.getRequestURI(),
        Objects.requireNonNullElse(request.getQueryString(), ""),
        headers,
        cookies(request),
        request.getInputStream().readNBytes(LARGEST_BODY),
        request.getRemoteAddr(),
        Map.of());
  }

  private static List<String> cookies(HttpServletRequest request) {
    return Collections.list(request.getHeaders("cookie")).stream()
        .flatMap(header -> Arrays.stream(header.split(";", -1)))
        .map(String::strip)
        .filter(cookie -> !cookie.isEmpty())
        .toList();
  }
}
