package dev.latchkey.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/// HTML pages: precompiled jte templates, which escape every value for the place that it stands in,
/// under the headers of [SecurityHeaders].
public final class Pages {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(ContentType.Html);

  private Pages() {}

  /// A page without a form, or with forms that stay on this server.
  ///
  /// @param template such as `errorCode.jte`, whose one parameter is named `page`
  public static Response page(int status, String template, Object page) {
    return SecurityHeaders.on(html(status, template, page));
  }

  /// A page with a form that ends in a redirect to an app.
  public static Response page(int status, String template, Object page, FormTarget app) {
    return SecurityHeaders.on(html(status, template, page), app);
  }

  /// The page for a person whose request cannot go on, where no app may be told (RFC 6749 section
  /// 4.1.2.1). Nothing of the request belongs into the texts.
  ///
  /// @param status 4xx or 503
  /// @param title the problem in a few words
  /// @param explanation what happened and what to do, in plain sentences
  public static Response error(int status, String title, String explanation) {
    return page(status, "error.jte", new ErrorPage(title, explanation, "", Language.ENGLISH));
  }

  /// As [#error(int, String, String)], in the language of the person.
  public static Response error(int status, Phrase title, Phrase explanation, Language language) {
    var page = new ErrorPage(title.in(language), explanation.in(language), "", language);
    return page(status, "error.jte", page);
  }

  /// As [#error(int, String, String)], with a link to what the error code means, for the app's
  /// developer.
  ///
  /// @param code an OAuth error code that [ErrorPages] explains
  public static Response error(int status, String title, String explanation, String code) {
    return page(status, "error.jte", new ErrorPage(title, explanation, code, Language.ENGLISH));
  }

  /// The page while a part of this service does not answer.
  public static Response unavailable() {
    return error(
            503,
            "We cannot go on just now",
            "A part of this service does not answer. Wait a few seconds and load this page again.",
            "temporarily_unavailable")
        .withHeader("retry-after", "5");
  }

  private static Response html(int status, String template, Object page) {
    var output = new StringOutput();
    TEMPLATES.render(template, Map.of("page", page), output);
    return Response.of(status, "text/html; charset=utf-8", output.toString());
  }

  /// What `error.jte` shows.
  ///
  /// @param code empty for none
  public record ErrorPage(String title, String explanation, String code, Language language) {}
}
