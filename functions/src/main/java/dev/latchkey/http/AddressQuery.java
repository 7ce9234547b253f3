package dev.latchkey.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// The query of an address that a browser is sent to.
public final class AddressQuery {
  private AddressQuery() {}

  /// The address with further parameters. A query that it has stays as it is (RFC 6749 section
  /// 3.1.2). A space becomes `%20`, which everybody reads, and not `+`.
  ///
  /// @param parameters by name; the names need no encoding
  public static String add(String address, Map<String, String> parameters) {
    return parameters.isEmpty()
        ? address
        : address + (address.contains("?") ? "&" : "?") + of(parameters);
  }

  /// The parameters alone, which are the body of a form too.
  public static String of(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
