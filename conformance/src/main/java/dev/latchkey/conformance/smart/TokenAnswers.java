package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.Map;

/// What every successful answer of a token endpoint has (RFC 6749 section 5.1).
final class TokenAnswers {
  private static final long LONGEST = 3600;

  private TokenAnswers() {}

  static void assertWhole(Granted granted) throws Unmet {
    assertWhole(granted.tokens(), LONGEST);
  }

  /// @param longest life of the access token, in seconds
  static void assertWhole(Map<String, Object> tokens, long longest) throws Unmet {
    unless(
        tokens.get("access_token") instanceof String token && !token.isEmpty(),
        "access_token is missing or empty");
    unless(
        tokens.get("token_type") instanceof String type && type.equalsIgnoreCase("bearer"),
        "token_type is " + tokens.get("token_type"));
    unless(
        tokens.get("expires_in") instanceof Number life
            && life.longValue() > 0
            && life.longValue() <= longest,
        "expires_in is " + tokens.get("expires_in"));
    unless(
        tokens.get("scope") instanceof String scope && !scope.isEmpty(),
        "scope is " + tokens.get("scope"));
  }

  static void assertNotKept(Answer answer) throws Unmet {
    unless(
        answer.header("cache-control").filter(value -> value.contains("no-store")).isPresent(),
        "Cache-Control is " + answer.header("cache-control").orElse("missing"));
    unless(
        answer.header("pragma").filter(value -> value.contains("no-cache")).isPresent(),
        "Pragma is " + answer.header("pragma").orElse("missing"));
  }
}
