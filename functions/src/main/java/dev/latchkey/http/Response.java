package dev.latchkey.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One HTTP response before the gateway's own dress.
///
/// @param headers in the order in which they are sent
/// @param cookies each a whole `Set-Cookie` value
/// @param body text; empty for none
public record Response(int status, Map<String, String> headers, List<String> cookies, String body) {

  public static Response of(int status, String contentType, String body) {
    return new Response(status, Map.of("content-type", contentType), List.of(), body);
  }

  /// 303, so that a browser never repeats a POST with a password (RFC 9700 section 4.12).
  public static Response seeOther(String location) {
    return new Response(303, Map.of("location", location), List.of(), "");
  }

  public Response withHeader(String name, String value) {
    var changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return new Response(status, changed, cookies, body);
  }

  public Response withCookie(String cookie) {
    var changed = new ArrayList<>(cookies);
    changed.add(cookie);
    return new Response(status, headers, changed, body);
  }
}
