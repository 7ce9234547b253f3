package dev.latchkey.sandbox.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A request without the headers that steer HAPI in ways that FHIR does not know: batch as
/// transaction, history rewriting, partitions, cascading deletes (`X-...`), and the id of a `PUT`
/// from `Content-Location`. Each would lead around the checks.
final class PlainRequest extends HttpServletRequestWrapper {
  PlainRequest(HttpServletRequest request) {
    super(request);
  }

  private static boolean passes(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("x-request-id")
        || !(lower.startsWith("x-") || lower.equals("content-location"));
  }

  @Override
  public @Nullable String getHeader(String name) {
    return passes(name) ? super.getHeader(name) : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return passes(name) ? super.getHeaders(name) : Collections.emptyEnumeration();
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = Collections.list(super.getHeaderNames());
    return Collections.enumeration(names.stream().filter(PlainRequest::passes).toList());
  }
}
