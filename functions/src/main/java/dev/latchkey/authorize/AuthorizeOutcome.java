package dev.latchkey.authorize;

import dev.latchkey.account.BrowserSessions;
import dev.latchkey.client.Client;
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

  /// The app wants an answer and no page (`prompt=none`).
  ///
  /// @param interact how the request goes on where no page may be needed
  /// @param client the app
  record NoPage(Interact interact, Client client) implements AuthorizeOutcome {
    public static final OAuthFailure LOGIN_REQUIRED =
        new OAuthFailure("login_required", 400, "The patient has to sign in.");
    public static final OAuthFailure CONSENT_REQUIRED =
        new OAuthFailure("consent_required", 400, "The patient has to be asked.");
    public static final OAuthFailure INTERACTION_REQUIRED =
        new OAuthFailure(
            "interaction_required", 400, "The patient has to choose a record or a visit.");

    /// How the request goes on. Only the next step can tell whether the patient has to be asked; an
    /// error there would have used up the launch that an EHR opened the app with.
    ///
    /// @param found who is signed in
    /// @param mayRemember whether consent may be remembered for this app
    public AuthorizeOutcome outcome(Optional<BrowserSessions.SignedIn> found, boolean mayRemember) {
      if (found.filter(this::isAccepted).isEmpty()) {
        return refusal(LOGIN_REQUIRED);
      }
      return mayRemember && interact.launch().isEmpty() ? interact : refusal(CONSENT_REQUIRED);
    }

    private boolean isAccepted(BrowserSessions.SignedIn found) {
      var wishes = interact.request().wishes();
      return wishes.accept(found.user().subject(), found.session().authenticatedAt());
    }

    /// What a page would have been needed for (OpenID Connect Core section 3.1.2.6).
    private RedirectError refusal(OAuthFailure failure) {
      return RedirectError.of(interact.request(), client, failure);
    }
  }

  /// The app is told what is wrong with its request.
  ///
  /// @param level how much is known of who stands behind the app
  record RedirectError(
      TrustedRedirect redirect, OAuthFailure failure, String state, IdentityLevel level)
      implements AuthorizeOutcome {
    /// For a request that passed its checks.
    public static RedirectError of(
        AuthorizationRequest request, Client client, OAuthFailure failure) {
      return new RedirectError(
          TrustedRedirect.of(request), failure, request.state(), client.registration().level());
    }
  }

  /// The person is told: there is no app that could be trusted with the answer (RFC 6749 section
  /// 4.1.2.1).
  record LocalError(OAuthFailure failure) implements AuthorizeOutcome {}
}
