package dev.latchkey.grant;

import dev.latchkey.client.GrantType;
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

  /// Nothing but who the client is (RFC 6749 section 4.4).
  ///
  /// @param scope what a backend service asks for
  record ClientCredentials(Optional<String> scope) implements Grant {}

  /// What a client has to be registered for to hand it in.
  default GrantType type() {
    return switch (this) {
      case AuthorizationCode _ -> GrantType.AUTHORIZATION_CODE;
      case Refresh _ -> GrantType.REFRESH_TOKEN;
      case ClientCredentials _ -> GrantType.CLIENT_CREDENTIALS;
    };
  }

  /// Reads the grant from checked parameters.
  static Outcome<Grant> read(Parameters form) {
    return required(form, "grant_type")
        .then(
            name ->
                GrantType.of(name)
                    .map(type -> read(type, form))
                    .orElseGet(() -> unsupported("This server knows no grant type of that name.")));
  }

  private static Outcome<Grant> read(GrantType type, Parameters form) {
    return switch (type) {
      case AUTHORIZATION_CODE -> readCode(form);
      case REFRESH_TOKEN -> readRefresh(form);
      case CLIENT_CREDENTIALS -> Outcome.success(new ClientCredentials(form.get("scope")));
      case TOKEN_EXCHANGE -> unsupported("This server knows no grant type of that name.");
    };
  }

  private static Outcome<Grant> unsupported(String description) {
    return Outcome.refused(new OAuthFailure("unsupported_grant_type", 400, description));
  }

  /// As [#read], for an endpoint that serves the refresh grant alone.
  static Outcome<Grant> readRefreshOnly(Parameters form) {
    return form.get("grant_type")
            .flatMap(GrantType::of)
            .filter(type -> type != GrantType.REFRESH_TOKEN)
            .isPresent()
        ? unsupported("This endpoint takes refresh tokens only. Use the token endpoint.")
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
