package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What an app got.
///
/// @param callback where the browser left the server
/// @param answer of the token endpoint
/// @param tokens its members
public record Granted(Attempt attempt, URI callback, Answer answer, Map<String, Object> tokens) {
  public App app() {
    return attempt.app();
  }

  /// A member that has to be a string.
  public String text(String member) throws Unmet {
    if (tokens.get(member) instanceof String text) {
      return text;
    }
    throw new Unmet("The token response has no string " + member);
  }

  public String accessToken() throws Unmet {
    return text("access_token");
  }

  public List<String> scopes() throws Unmet {
    return Arrays.asList(text("scope").split(" ", -1));
  }

  @Override
  public String toString() {
    return "Granted[" + attempt.app() + "]";
  }
}
