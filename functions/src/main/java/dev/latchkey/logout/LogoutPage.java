package dev.latchkey.logout;

import dev.latchkey.http.Language;
import java.util.Map;

/// What `logout.jte` shows.
///
/// @param fields to send back with the answer
/// @param userName who is signed in
/// @param appName of the app that asks; empty when it is not known
public record LogoutPage(
    Language language, String csrf, Map<String, String> fields, String userName, String appName) {
  public String say(LogoutText text) {
    return text.in(language);
  }
}
