package dev.latchkey.authorize;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.http.OAuthFailure;

/// How an authorization request goes on.
public sealed interface AuthorizeOutcome {
  /// The patient is asked next.
  record Interact(AuthorizationRequest request) implements AuthorizeOutcome {}

  /// The app is told what is wrong with its request.
  ///
  /// @param level how much is known of who stands behind the app
  record RedirectError(
      TrustedRedirect redirect, OAuthFailure failure, String state, IdentityLevel level)
      implements AuthorizeOutcome {}

  /// The person is told: there is no app that could be trusted with the answer (RFC 6749 section
  /// 4.1.2.1).
  record LocalError(OAuthFailure failure) implements AuthorizeOutcome {}
}
