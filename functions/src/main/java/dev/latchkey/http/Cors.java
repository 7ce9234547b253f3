package dev.latchkey.http;

import java.util.List;
import java.util.Map;

/// Cross-origin rules of the endpoints that browser apps call. None of them reads a cookie, so any
/// origin may call and no credentials are allowed; the authorize endpoint and the pages have no
/// such headers at all (RFC 9700 section 2.6).
public final class Cors {
  private Cors() {}

  /// The answer to a preflight request.
  ///
  /// @param methods comma separated
  public static Response preflight(String methods) {
    return open(new Response(204, Map.of(), List.of(), ""))
        .withHeader("access-control-allow-methods", methods)
        .withHeader("access-control-allow-headers", "Authorization, DPoP, Content-Type, Accept")
        .withHeader("access-control-max-age", "3600");
  }

  /// The same answer, readable for a page of any origin.
  public static Response open(Response response) {
    return response
        .withHeader("access-control-allow-origin", "*")
        .withHeader("access-control-expose-headers", "WWW-Authenticate, DPoP-Nonce, Retry-After");
  }
}
