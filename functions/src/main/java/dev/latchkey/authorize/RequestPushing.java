package dev.latchkey.authorize;

import dev.latchkey.client.Client;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.Entropy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Takes in an authorization request from the app itself, so that neither the browser nor whoever
/// sits in it can read or change it (RFC 9126).
public record RequestPushing(AuthorizationChecks checks, PushedRequests requests, Entropy entropy) {

  /// What authenticates the app has no place in a request that is kept.
  private static final Set<String> CREDENTIALS =
      Set.of("client_secret", "client_assertion", "client_assertion_type");

  /// Checks the request as if the browser had brought it, and keeps it for a short while. The same
  /// checks run again when it is used: the app may have been changed since.
  ///
  /// @param client that authenticated
  public Outcome<RequestUri> push(Client client, Parameters form, Instant now) {
    return refusal(client, form)
        .map(Outcome::<RequestUri>refused)
        .orElseGet(() -> Outcome.success(keep(client, form, now)));
  }

  private Optional<OAuthFailure> refusal(Client client, Parameters form) {
    if (form.get("request_uri").isPresent()) {
      return invalid("A pushed request holds no request_uri (RFC 9126 section 2.1).");
    }
    if (form.get("client_id").filter(client.id().value()::equals).isEmpty()) {
      return invalid("The parameter client_id is missing, or names another app.");
    }
    return switch (checks.checkPushed(client, form)) {
      case AuthorizeOutcome.Interact _, AuthorizeOutcome.NoPage _ -> Optional.empty();
      case AuthorizeOutcome.LocalError(var failure) -> Optional.of(failure);
      case AuthorizeOutcome.RedirectError(_, var failure, _, _) -> Optional.of(failure);
    };
  }

  private RequestUri keep(Client client, Parameters form, Instant now) {
    var uri = RequestUri.fresh(entropy);
    requests.keep(
        uri.hash(),
        new PushedRequest(
            client.id(),
            form.without(CREDENTIALS).encoded(),
            Lifetimes.after(now.getEpochSecond(), Lifetimes.PUSHED_REQUEST)));
    return uri;
  }

  private static Optional<OAuthFailure> invalid(String description) {
    return Optional.of(OAuthFailure.invalidRequest(description));
  }
}
