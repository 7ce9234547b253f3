package dev.latchkey.authorize;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;

/// How an authorization request goes on.
public sealed interface AuthorizeOutcome {
  /// The user is asked next.
  ///
  /// @param launch handle of the launch that an EHR opened the app with; usable when it was looked
  ///   at, and still to be used
  record Interact(AuthorizationRequest request, Optional<SecretHash> launch)
      implements AuthorizeOutcome {}

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
