package dev.latchkey.sandbox.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.http.Response;
import dev.latchkey.http.SecurityHeaders;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Renders the portal's answers: pages under the same headers as those of the functions.
public final class PortalPages {
  /// Where pages find what they add to the functions' stylesheet.
  public static final String STYLE_PATH = "/portal.css";

  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "gg.jte.generated.sandbox");
  private static final ObjectMapper JSON = new ObjectMapper();

  private PortalPages() {}

  /// Renders a page.
  ///
  /// @param template such as `home.jte`, whose one parameter is named `page`
  public static Response page(int status, String template, Object page) {
    var output = new StringOutput();
    TEMPLATES.render(template, Map.of("page", page), output);
    return SecurityHeaders.on(Response.of(status, "text/html; charset=utf-8", output.toString()));
  }

  /// A page that says what is wrong and what to do. Nothing of the request belongs into the texts.
  public static Response problem(int status, String title, String explanation) {
    return page(status, "problem.jte", new Problem(title, explanation));
  }

  static Response json(List<?> list) {
    try {
      return Response.of(200, "application/json", JSON.writeValueAsString(list))
          .withHeader("x-content-type-options", "nosniff")
          .withHeader("cache-control", "no-store");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Response stylesheet() {
    try (var in = PortalPages.class.getResourceAsStream("portal.css")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Response.of(200, "text/css; charset=utf-8", text)
          .withHeader("x-content-type-options", "nosniff")
          .withHeader("cache-control", "no-cache");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What `problem.jte` shows.
  public record Problem(String title, String explanation) {}
}
