package dev.latchkey.http;

/// Which site a form was sent from, as far as the browser says.
public final class RequestOrigin {
  private RequestOrigin() {}

  /// Whether the browser says that another site sent this request.
  ///
  /// `Origin: null` says nothing: our own pages send it, because they have `Referrer-Policy:
  /// no-referrer` (Fetch standard, "append a request `Origin` header"). The CSRF token decides
  /// then.
  public static boolean isForeign(Request request, String issuer) {
    var site = request.header("sec-fetch-site").orElse("same-origin");
    var origin = request.header("origin").orElse("null");
    var siteIsOurs = site.equals("same-origin") || site.equals("none");
    var originIsOurs = origin.equals("null") || origin.equals(issuer);
    return !siteIsOurs || !originIsOurs;
  }
}
