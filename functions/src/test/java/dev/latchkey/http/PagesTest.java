package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  @Test
  void anErrorPageSaysWhatHappenedUnderEverySecurityHeader() {
    var page = Pages.error(400, "Unknown app", "This app is not registered here.");

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.body())
        .contains("<html lang=\"en\">", "<h1>Unknown app</h1>", "This app is not registered here.")
        .doesNotContain("<script", "/errors/");
    assertThat(page.headers())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry(
            "content-security-policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'none'; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
        .containsEntry("x-frame-options", "DENY")
        .containsEntry("cross-origin-opener-policy", "same-origin")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", "no-store");
  }

  @Test
  void anErrorPageLinksToItsErrorCode() {
    var page = Pages.error(400, "Broken request", "Go back to the app.", "invalid_request");

    assertThat(page.body()).contains("href=\"/errors/invalid_request\"");
  }

  @Test
  void textsAreEscaped() {
    var page = Pages.error(400, "<b>a</b>", "\"><script>alert(1)</script>");

    assertThat(page.body()).doesNotContain("<script", "<b>").contains("&lt;script&gt;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_response_type",
        "unsupported_grant_type",
        "unsupported_token_type",
        "access_denied",
        "login_required",
        "consent_required",
        "interaction_required",
        "invalid_token",
        "insufficient_scope",
        "server_error",
        "temporarily_unavailable"
      })
  void everyErrorCodeIsExplained(String code) {
    var page = ErrorPages.page(code);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("<h1><code>" + code + "</code></h1>", "What it means", "What to do", "<li>");
  }

  @Test
  void anUnknownErrorCodeIsNotReflected() {
    for (var code : List.of("<script>", "nonsense", "", "../x")) {
      var page = ErrorPages.page(code);

      assertThat(page.status()).isEqualTo(404);
      assertThat(page.body()).doesNotContain("<script", "nonsense", "../x");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:51004/callback, http://127.0.0.1:51004",
    "http://localhost:9000/callback?x=1, http://localhost:9000",
    "https://app.example/cb, https://app.example",
    "HTTPS://App.Example/cb, https://App.Example",
    "http://[::1]:51004/cb, http:",
    "com.example.app:/callback, com.example.app:",
    "com.example.app://callback, com.example.app:",
    "https://a_b.example/cb, https:"
  })
  void aFormMayLeadToTheRedirectOriginOrScheme(String redirectUri, String source) {
    var page =
        Pages.page(
            200,
            "error.jte",
            new Pages.ErrorPage("a", "b", "", Language.ENGLISH),
            FormTarget.of(redirectUri));

    assertThat(page.headers().get("content-security-policy"))
        .endsWith("; form-action 'self' " + source);
  }

  @Test
  void theStylesheetIsKeptForGoodUnderANameOfItsText() {
    assertThat(Pages.error(400, "a", "b").body()).contains("href=\"" + Stylesheet.PATH + "\"");
    assertThat(Stylesheet.PATH).matches("/interaction/style-[A-Za-z0-9_-]{10}\\.css");
    assertThat(Stylesheet.answer().headers())
        .containsEntry("content-type", "text/css; charset=utf-8")
        .containsEntry("cache-control", "public, max-age=31536000, immutable");
    assertThat(Stylesheet.answer().body()).contains("body {").doesNotContain("@import", "url(");
  }
}
