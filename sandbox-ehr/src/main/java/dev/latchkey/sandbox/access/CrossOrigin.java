package dev.latchkey.sandbox.access;

import jakarta.servlet.http.HttpServletResponse;

/// Lets apps in a browser use the FHIR API from any origin (Fetch standard, CORS protocol).
///
/// No cookie is ever read on this path and credentials mode stays off, so an origin gains nothing
/// that it could not get by sending the token from elsewhere (docs/adr/0051).
final class CrossOrigin {
  private static final String EXPOSED =
      "Location, ETag, Content-Location, Last-Modified, Link, Retry-After, WWW-Authenticate,"
          + " DPoP-Nonce, X-Request-ID";
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String HEADERS =
      "Authorization, DPoP, Accept, Content-Type, If-Match, If-None-Match, If-Modified-Since,"
          + " Prefer, X-Request-ID";

  private CrossOrigin() {}

  /// On every answer, errors included: otherwise a browser hides the error from the app.
  static void allow(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Expose-Headers", EXPOSED);
  }

  static void answerPreflight(HttpServletResponse response) {
    allow(response);
    response.setHeader("Access-Control-Allow-Methods", METHODS);
    response.setHeader("Access-Control-Allow-Headers", HEADERS);
    response.setHeader("Access-Control-Max-Age", "600");
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
