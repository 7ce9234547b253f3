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

  /// An access token of the client, for a narrower one (RFC 8693 section 2.1).
  ///
  /// @param audience for whom the new one shall be
  /// @param scope what the new one shall allow; empty for the same
  record Exchange(String subjectToken, Optional<String> audience, Optional<String> scope)
      implements Grant {
    /// RFC 8693 section 3.
    public static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    @Override
    public String toString() {
      return "Exchange[redacted]";
    }
  }

  /// What a client has to be registered for to hand it in.
  default GrantType type() {
    return switch (this) {
      case AuthorizationCode _ -> GrantType.AUTHORIZATION_CODE;
      case Refresh _ -> GrantType.REFRESH_TOKEN;
      case ClientCredentials _ -> GrantType.CLIENT_CREDENTIALS;
      case Exchange _ -> GrantType.TOKEN_EXCHANGE;
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
      case TOKEN_EXCHANGE -> readExchange(form);
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

  /// Access tokens alone, and nobody acts for somebody else: the client trades what is its own.
  private static Outcome<Grant> readExchange(Parameters form) {
    if (form.get("actor_token").isPresent() || form.get("actor_token_type").isPresent()) {
      return Outcome.refused(OAuthFailure.invalidRequest("This server takes no actor_token."));
    }
    if (!isAccessToken(form.get("requested_token_type").orElse(Exchange.ACCESS_TOKEN))) {
      return Outcome.refused(
          OAuthFailure.invalidRequest("This server issues access tokens for a token only."));
    }
    return required(form, "subject_token")
        .then(
            token ->
                required(form, "subject_token_type")
                    .then(
                        type ->
                            isAccessToken(type)
                                ? Outcome.success(
                                    new Exchange(token, form.get("audience"), form.get("scope")))
                                : Outcome.refused(
                                    OAuthFailure.invalidRequest(
                                        "The subject_token_type must be that of an access"
                                            + " token."))));
  }

  private static boolean isAccessToken(String type) {
    return type.equals(Exchange.ACCESS_TOKEN);
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
