package dev.latchkey.sandbox.brand;

import dev.latchkey.http.Cors;
import dev.latchkey.http.Response;
import dev.latchkey.sandbox.ContentHash;
import dev.latchkey.sandbox.ServletAnswer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /brands`: one bundle for everybody, and 304 for who has it already (SMART App Launch 2.2,
/// caching brand bundles; RFC 9110 section 13.1.2).
final class Brands extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_AGE = 3600;

  private final String bundle;
  private final String tag;

  /// @param bundle FHIR JSON
  Brands(String bundle) {
    this.bundle = bundle;
    this.tag = "W/\"" + ContentHash.of(bundle) + "\"";
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var answer =
        has(request.getHeader("If-None-Match"))
            ? new Response(304, Map.of(), List.of(), "")
            : Response.of(200, "application/fhir+json;charset=UTF-8", bundle);
    ServletAnswer.send(
        Cors.open(answer)
            .withHeader("access-control-expose-headers", "ETag")
            .withHeader("etag", tag)
            .withHeader("cache-control", "public, max-age=" + MAX_AGE)
            .withHeader("x-content-type-options", "nosniff"),
        response);
  }

  @Override
  protected void doOptions(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletAnswer.send(
        Cors.preflight("GET, HEAD")
            .withHeader("access-control-allow-headers", "Accept, If-None-Match"),
        response);
  }

  /// Compared weakly, so with or without `W/` (RFC 9110 section 8.8.3.2).
  private boolean has(@Nullable String ifNoneMatch) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(",", -1))
            .map(String::strip)
            .anyMatch(seen -> seen.equals("*") || seen.equals(tag) || ("W/" + seen).equals(tag));
  }
}
