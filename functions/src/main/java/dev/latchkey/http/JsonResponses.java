package dev.latchkey.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// Answers of the JSON endpoints.
///
/// @param errorPages where each error code is explained, such as `https://issuer/errors/`
public record JsonResponses(String errorPages) {
  private static final String BEARER = "Bearer realm=\"latchkey\"";

  public static JsonResponses forIssuer(String issuer) {
    return new JsonResponses(issuer + "/errors/");
  }

  /// An answer that no cache may keep: it holds tokens or says something about one (RFC 6749
  /// section 5.1).
  public Response secret(Map<String, ?> members) {
    return noStore(json(200, members));
  }

  /// As [#secret], for something that was just made.
  public Response created(Map<String, ?> members) {
    return noStore(json(201, members));
  }

  /// A public document that may be cached for `maxAge` seconds.
  public Response document(Map<String, ?> members, int maxAge) {
    return json(200, members).withHeader("cache-control", "public, max-age=" + maxAge);
  }

  /// An error answer (RFC 6749 section 5.2).
  public Response failure(OAuthFailure failure) {
    var members = new LinkedHashMap<String, Object>();
    members.put("error", failure.code());
    members.put("error_description", failure.description());
    members.put("error_uri", errorPages + failure.code());
    var response = noStore(json(failure.status(), members));
    return failure.code().equals("temporarily_unavailable")
        ? response.withHeader("retry-after", "2")
        : response;
  }

  /// An error answer to a client. Where it tried a scheme and failed, it is offered that scheme
  /// again (RFC 6749 section 5.2, RFC 6750 section 3).
  public Response refusal(OAuthFailure failure, Request request) {
    var response = failure(failure);
    if (failure.status() != 401 || request.header("authorization").isEmpty()) {
      return response;
    }
    return response.withHeader(
        "www-authenticate",
        failure.code().equals("invalid_token")
            ? BEARER + ", error=\"invalid_token\""
            : "Basic realm=\"latchkey\", charset=\"UTF-8\"");
  }

  private static Response json(int status, Map<String, ?> members) {
    return Response.of(status, "application/json", Json.write(members))
        .withHeader("x-content-type-options", "nosniff");
  }

  private static Response noStore(Response response) {
    return response.withHeader("cache-control", "no-store").withHeader("pragma", "no-cache");
  }
}
