package dev.latchkey.sandbox.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/// The `queryStringParameters` of an event: decoded, the values of a repeated name joined with
/// commas.
///
/// Functions that tell a repeated parameter from a comma read `rawQueryString` instead.
final class QueryParameters {
  private QueryParameters() {}

  static Map<String, String> of(String rawQuery) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : rawQuery.split("&", -1)) {
      if (!pair.isEmpty()) {
        var parts = pair.split("=", 2);
        parameters.merge(
            PercentDecoding.query(parts[0]),
            parts.length == 2 ? PercentDecoding.query(parts[1]) : "",
            (first, next) -> first + "," + next);
      }
    }
    return parameters;
  }
}
