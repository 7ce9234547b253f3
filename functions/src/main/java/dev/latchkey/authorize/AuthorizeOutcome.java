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

  /// The app wants an answer and no page (`prompt=none`). It cannot be a code, since the patient is
  /// always asked.
  ///
  /// @param level how much is known of who stands behind the app
  record NoPage(AuthorizationRequest request, IdentityLevel level) implements AuthorizeOutcome {

    /// What a page would have been needed for (OpenID Connect Core section 3.1.2.6).
    ///
    /// @param isSignedIn whether somebody is signed in as [SignInWishes] want it
    public RedirectError refusal(boolean isSignedIn) {
      var failure =
          isSignedIn
              ? new OAuthFailure("consent_required", 400, "The patient has to be asked.")
              : new OAuthFailure("login_required", 400, "The patient has to sign in.");
      return new RedirectError(TrustedRedirect.of(request), failure, request.state(), level);
    }
  }

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
