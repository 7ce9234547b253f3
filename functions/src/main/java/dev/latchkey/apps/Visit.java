package dev.latchkey.apps;

import dev.latchkey.account.BrowserSessions.SignedIn;
import dev.latchkey.account.User;
import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Parameters;
import java.time.Instant;

/// A request of somebody who is signed in; a form among them comes from our own page.
///
/// @param parameters of the query, or of the form
record Visit(SignedIn signedIn, Parameters parameters, PageLanguage language, Instant now) {
  /// What the token in the forms is about.
  static final String PAGE = "apps";

  Refusals refusals() {
    return new Refusals(language.language());
  }

  User user() {
    return signedIn.user();
  }

  String subject() {
    return user().subject();
  }

  String cookie() {
    return signedIn.cookie();
  }

  /// For the hidden field of a form.
  String csrf() {
    return CsrfToken.of(cookie(), PAGE);
  }

  /// Seconds since the epoch.
  long seconds() {
    return now.getEpochSecond();
  }

  @Override
  public String toString() {
    return "Visit[redacted]";
  }
}
