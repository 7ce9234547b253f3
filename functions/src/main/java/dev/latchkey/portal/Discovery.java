package dev.latchkey.portal;

import dev.latchkey.http.Json;
import dev.latchkey.jwks.GuardedCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a portal publishes about itself (OpenID Connect Discovery section 3), as far as it matters
/// here.
///
/// @param namesItself whether its answers to a browser name the issuer (RFC 9207)
record Discovery(
    String authorizationEndpoint, String tokenEndpoint, String jwksUri, boolean namesItself) {
  private static final int OK = 200;

  /// Empty when it cannot be read, or when another issuer than this one answers.
  static Optional<Discovery> read(String issuer, GuardedCalls calls) {
    return calls.get(address(issuer)) instanceof GuardedCalls.Result.Answered answered
            && answered.status() == OK
        ? parse(answered.body())
            .filter(document -> issuer.equals(document.get("issuer")))
            .flatMap(document -> of(issuer, document))
        : Optional.empty();
  }

  private static String address(String issuer) {
    var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return base + "/.well-known/openid-configuration";
  }

  private static Optional<Map<String, Object>> parse(String body) {
    try {
      return Optional.of(Json.readObjectOfStranger(body.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Discovery> of(String issuer, Map<String, Object> document) {
    var isSafe =
        !(document.get("code_challenge_methods_supported") instanceof List<?> methods)
            || methods.contains("S256");
    return isSafe
            && document.get("authorization_endpoint") instanceof String authorization
            && authorization.startsWith(issuer.startsWith("https:") ? "https://" : "http")
            && document.get("token_endpoint") instanceof String token
            && document.get("jwks_uri") instanceof String jwks
        ? Optional.of(
            new Discovery(
                authorization,
                token,
                jwks,
                Boolean.TRUE.equals(
                    document.get("authorization_response_iss_parameter_supported"))))
        : Optional.empty();
  }
}
