package dev.latchkey.http;

/// The headers of every HTML page, error pages included.
///
/// A page loads nothing from elsewhere and runs no script, nobody frames it (RFC 9700 section
/// 4.16), its address reaches no other site (section 4.2), and no cache keeps it.
public final class SecurityHeaders {
  private SecurityHeaders() {}

  /// For a page whose forms, if any, lead nowhere but here.
  public static Response on(Response page) {
    return on(page, "'self'");
  }

  /// For a page whose form ends in a redirect to an app. Chrome applies `form-action` to the whole
  /// chain of redirects after a POST, so the app's own address has to be named (W3C CSP level 3,
  /// section 6.4.1).
  public static Response on(Response page, FormTarget app) {
    return on(page, "'self' " + app.source());
  }

  private static Response on(Response page, String formAction) {
    return page.withHeader("content-security-policy", policy(formAction))
        .withHeader("x-frame-options", "DENY")
        .withHeader("cross-origin-opener-policy", "same-origin")
        .withHeader("referrer-policy", "no-referrer")
        .withHeader("x-content-type-options", "nosniff")
        .withHeader("cache-control", "no-store");
  }

  private static String policy(String formAction) {
    return "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'none'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action "
        + formAction;
  }
}
