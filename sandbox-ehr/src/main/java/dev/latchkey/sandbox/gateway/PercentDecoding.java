package dev.latchkey.sandbox.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Decodes parts of a URL and never fails: what is no valid encoding is passed on as it was sent,
/// for the function to judge.
final class PercentDecoding {
  private PercentDecoding() {}

  /// In a path a plus sign is a plus sign.
  static String path(String encoded) {
    return query(encoded.replace("+", "%2B"), encoded);
  }

  static String query(String encoded) {
    return query(encoded, encoded);
  }

  private static String query(String encoded, String asSent) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return asSent;
    }
  }
}
