package dev.latchkey.registration;

import dev.latchkey.http.OAuthFailure;

/// The refusals of RFC 7591 section 3.2.2 and RFC 7592 section 2.
final class RegistrationFailures {
  private RegistrationFailures() {}

  static OAuthFailure metadata(String description) {
    return new OAuthFailure("invalid_client_metadata", 400, description);
  }

  static OAuthFailure redirectUri(String description) {
    return new OAuthFailure("invalid_redirect_uri", 400, description);
  }

  static OAuthFailure statement(String description) {
    return new OAuthFailure("invalid_software_statement", 400, description);
  }

  static OAuthFailure unapproved(String description) {
    return new OAuthFailure("unapproved_software_statement", 400, description);
  }

  static OAuthFailure token(String description) {
    return new OAuthFailure("invalid_token", 401, description);
  }

  static OAuthFailure closed() {
    return new OAuthFailure(
        "registration_not_supported",
        403,
        "Apps cannot register themselves here. Ask the people who run this server.");
  }
}
