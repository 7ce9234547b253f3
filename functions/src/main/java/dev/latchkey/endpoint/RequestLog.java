package dev.latchkey.endpoint;

import dev.latchkey.http.Json;
import dev.latchkey.http.Request;
import java.util.LinkedHashMap;

/// Log lines as JSON. Only what is named here is logged: no query, no header, no body, no cause's
/// text that could repeat them.
final class RequestLog {
  private RequestLog() {}

  static String fault(Request request, RuntimeException fault) {
    var line = new LinkedHashMap<String, Object>();
    line.put("event", "unavailable");
    line.put("path", request.path());
    line.put("what", String.valueOf(fault.getMessage()));
    var cause = fault.getCause();
    line.put("cause", cause == null ? "" : cause.getClass().getSimpleName());
    return Json.write(line);
  }
}
