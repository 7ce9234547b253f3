package dev.latchkey.grant;

import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import java.util.Optional;

/// What a client hands in at the token endpoint (RFC 6749 section 1.3).
public sealed interface Grant {
  /// A code and the proof that it was asked for by the same app.
  ///
  /// @param redirectUri as in the authorization request
  /// @param verifier whose hash was the challenge (RFC 7636 section 4.5)
  record AuthorizationCode(String code, String redirectUri, String verifier) implements Grant {
    @Override
    public String toString() {
      return "AuthorizationCode[redacted]";
    }
  }

  /// A refresh token.
  ///
  /// @param scope for a narrower access token; empty for all that was granted
  record Refresh(String refreshToken, Optional<String> scope) implements Grant {
    @Override
    public String toString() {
      return "Refresh[redacted]";
    }
  }

  /// Reads the grant from checked parameters.
  static Outcome<Grant> read(Parameters form) {
    return switch (form.get("grant_type").orElse("")) {
      case "" ->
          Outcome.refused(OAuthFailure.invalidRequest("The parameter grant_type is missing."));
      case "authorization_code" -> readCode(form);
      case "refresh_token" -> readRefresh(form);
      default ->
          Outcome.refused(
              new OAuthFailure(
                  "unsupported_grant_type",
                  400,
                  "This server knows the grant types authorization_code and refresh_token."));
    };
  }

  /// As [#read], for an endpoint that serves the refresh grant alone.
  static Outcome<Grant> readRefreshOnly(Parameters form) {
    return form.get("grant_type").filter("authorization_code"::equals).isPresent()
        ? Outcome.refused(
            new OAuthFailure(
                "unsupported_grant_type", 400, "Exchange codes at the token endpoint."))
        : read(form);
  }

  private static Outcome<Grant> readCode(Parameters form) {
    return required(form, "code")
        .then(
            code ->
                required(form, "redirect_uri")
                    .then(
                        uri ->
                            required(form, "code_verifier")
                                .then(
                                    verifier ->
                                        Outcome.success(
                                            new AuthorizationCode(code, uri, verifier)))));
  }

  private static Outcome<Grant> readRefresh(Parameters form) {
    return required(form, "refresh_token")
        .then(token -> Outcome.success(new Refresh(token, form.get("scope"))));
  }

  private static Outcome<String> required(Parameters form, String name) {
    return form.get(name)
        .map(Outcome::success)
        .orElseGet(
            () ->
                Outcome.refused(
                    OAuthFailure.invalidRequest("The parameter " + name + " is missing.")));
  }
}
