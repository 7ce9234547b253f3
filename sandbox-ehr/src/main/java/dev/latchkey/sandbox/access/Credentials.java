package dev.latchkey.sandbox.access;

import ca.uhn.fhir.util.UrlUtil;
import dev.latchkey.token.TokenType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;

/// What a request brings to prove its access (RFC 6750 section 2).
///
/// Only the `Authorization` header counts. A token in the URL would end up in logs, histories and
/// `Referer` headers (RFC 9700 section 4.3.2), so it is refused and never looked at.
sealed interface Credentials {
  /// No credential of a kind that is understood here.
  record None() implements Credentials {}

  /// An access token, not judged yet.
  ///
  /// @param type of the scheme: of DPoP it comes with a proof (RFC 9449 section 7.1)
  record Token(String token, TokenType type) implements Credentials {}

  /// A credential that cannot be a token, or comes in the wrong place.
  record Unusable(String reason) implements Credentials {}

  /// More than one credential (RFC 6750 section 2: clients must not use more than one).
  record Several() implements Credentials {}

  Pattern SCHEMES = Pattern.compile("(?i)(bearer|dpop) +(\\S.*)");
  Pattern TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

  static Credentials of(HttpServletRequest request) {
    var headers = Collections.list(request.getHeaders("Authorization"));
    var inQuery = UrlUtil.parseQueryString(request.getQueryString()).containsKey("access_token");
    if (headers.size() + (inQuery ? 1 : 0) > 1) {
      return new Several();
    }
    if (inQuery) {
      return new Unusable("Send the access token in the Authorization header, not in the URL");
    }
    return headers.isEmpty() ? new None() : of(headers.getFirst().strip());
  }

  private static Credentials of(String header) {
    var match = SCHEMES.matcher(header);
    if (!match.matches()) {
      return new None();
    }
    var token = match.group(2);
    if (TOKEN.matcher(token).matches()) {
      return new Token(
          token, match.group(1).equalsIgnoreCase("dpop") ? TokenType.DPOP : TokenType.BEARER);
    }
    return token.contains(",")
        ? new Several()
        : new Unusable("The Authorization header holds no access token");
  }
}
