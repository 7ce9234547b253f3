package dev.latchkey.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One HTTP request as API Gateway's payload 2.0 hands it over.
///
/// @param method upper case
/// @param path without the query
/// @param rawQuery as sent, without `?`; empty when there is none
/// @param headers lower-case names; repeated headers joined by commas
/// @param cookies each `name=value`
/// @param body raw bytes, already un-base64-ed
/// @param sourceIp the caller's address as the gateway saw it, or as an [Edge] says that proved
///   itself; never taken from another header
/// @param pathParameters values of `{name}` parts of the route
public record Request(
    String method,
    String path,
    String rawQuery,
    Map<String, String> headers,
    List<String> cookies,
    byte[] body,
    String sourceIp,
    Map<String, String> pathParameters) {
  /// The same request of a caller at another address.
  Request from(String address) {
    return new Request(method, path, rawQuery, headers, cookies, body, address, pathParameters);
  }

  /// A header by its name in any case.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The token of an `Authorization: Bearer` header (RFC 6750 section 2.1).
  public Optional<String> bearerToken() {
    return token("Bearer ");
  }

  /// The token of an `Authorization: DPoP` header (RFC 9449 section 7.1).
  public Optional<String> dpopToken() {
    return token("DPoP ");
  }

  private Optional<String> token(String scheme) {
    return header("authorization")
        .filter(header -> header.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(header -> header.substring(scheme.length()).strip());
  }

  /// The first cookie of that name.
  public Optional<String> cookie(String name) {
    var prefix = name + "=";
    return cookies.stream()
        .filter(cookie -> cookie.startsWith(prefix))
        .map(cookie -> cookie.substring(prefix.length()))
        .findFirst();
  }

  /// The query string as parameters.
  public Parameters query() {
    return Parameters.parse(rawQuery);
  }

  /// The body as `application/x-www-form-urlencoded` parameters. Any other media type is a problem
  /// of the parameters (RFC 6749 section 4.1.3).
  public Parameters form() {
    var type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
    var media = type.split(";", 2)[0].strip();
    if (!media.equals("application/x-www-form-urlencoded")) {
      return Parameters.broken(
          "Send the parameters as application/x-www-form-urlencoded in the body.");
    }
    return Parameters.parse(body);
  }

  /// The body as parameters that can be relied on, each sent once.
  public Outcome<Parameters> readableForm() {
    var form = form();
    return form.problem()
        .map(problem -> Outcome.<Parameters>refused(OAuthFailure.invalidRequest(problem)))
        .orElseGet(() -> Outcome.success(form));
  }
}
