package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Attempt;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;

/// What a refused authorization request looks like (RFC 6749 section 4.1.2.1).
final class Refused {
  private Refused() {}

  /// On a page of the server, or at the app with an error and its state.
  ///
  /// @param code of the error, where the app is told; empty for any
  static void assertRefused(Answer answer, Attempt attempt, String code) throws Unmet {
    var location = answer.header("location");
    if (location.isEmpty()) {
      unless(
          answer.status() >= 400, "It is answered %d without an error".formatted(answer.status()));
      return;
    }
    unless(location.get().startsWith(attempt.app().redirectUri()), "It leads to " + location.get());
    var query = Attempt.query(URI.create(location.get()));
    unless(!query.containsKey("code"), "A code was issued");
    unless(
        code.isEmpty() ? query.containsKey("error") : code.equals(query.get("error")),
        "The error is " + query.get("error"));
    var state = attempt.parameters().get("state");
    unless(state == null || state.equals(query.get("state")), "state is " + query.get("state"));
  }

  /// On a page, since there is nobody who could be sent an answer.
  static void assertPage(Answer answer) throws Unmet {
    unless(answer.status() >= 400 && answer.status() < 500, "It is answered " + answer.status());
    unless(answer.header("location").isEmpty(), "It redirects to " + answer.header("location"));
  }
}
