package dev.latchkey.sandbox.access;

import org.jspecify.annotations.Nullable;

/// One request and the answer that it must get.
///
/// @param path how it tries to get there, for reports
/// @param wide whether the token has the scopes of further types, for paths that lead through them
record AccessCase(
    String path,
    boolean wide,
    String method,
    String url,
    @Nullable String body,
    @Nullable String contentType,
    Expected expected) {

  static AccessCase get(String path, String url, Expected expected) {
    return new AccessCase(path, false, "GET", url, null, null, expected);
  }

  static AccessCase wide(String path, String url, Expected expected) {
    return new AccessCase(path, true, "GET", url, null, null, expected);
  }

  static AccessCase form(String path, String type, String form, Expected expected) {
    var contentType = "application/x-www-form-urlencoded";
    return new AccessCase(path, false, "POST", type + "/_search", form, contentType, expected);
  }

  static AccessCase write(
      String method, String url, @Nullable String body, String contentType, Expected expected) {
    return new AccessCase(
        method, false, method, url, body, body == null ? null : contentType, expected);
  }

  /// Whether it can also be an entry of a batch.
  boolean isEntry() {
    return method.equals("GET") && !wide && !url.startsWith("http");
  }

  AccessCase expecting(Expected other) {
    return new AccessCase(path, wide, method, url, body, contentType, other);
  }
}
