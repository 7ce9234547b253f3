package dev.latchkey.authorize;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Parameters;
import dev.latchkey.secret.Entropy;
import java.time.Instant;
import java.util.Optional;

/// Authorization requests as browsers bring them: whole, or as a reference to one that the app
/// pushed before.
public record AuthorizationRequests(
    AuthorizationChecks checks, PushedRequests pushed, Entropy entropy) {

  /// Decides about the query of a GET or the form of a POST.
  public AuthorizeOutcome check(Parameters parameters, Instant now) {
    return parameters
        .get("request_uri")
        .flatMap(RequestUri::of)
        .map(uri -> checkReference(parameters, uri, now))
        .orElseGet(() -> checks.check(parameters));
  }

  /// Only `client_id` and the reference count: whatever else the browser brings, somebody between
  /// the app and this server may have written (RFC 9126 section 4). The person is told what is
  /// wrong, since no address to answer to is known before the request is found.
  private AuthorizeOutcome checkReference(Parameters parameters, RequestUri uri, Instant now) {
    if (parameters.isRepeated("client_id") || parameters.isRepeated("request_uri")) {
      return refused("The app sent client_id or request_uri twice.");
    }
    return parameters
        .get("client_id")
        .map(ClientId::new)
        .flatMap(checks.clients()::find)
        .flatMap(client -> checkPushed(client, uri, now))
        .orElseGet(
            () ->
                refused(
                    "The request_uri is unknown, used, expired, or of another app. Go back to the"
                        + " app and start again."));
  }

  private Optional<AuthorizeOutcome> checkPushed(Client client, RequestUri uri, Instant now) {
    return pushed
        .use(uri.hash(), client.id(), entropy.value(), now)
        .map(request -> checks.checkPushed(client, Parameters.parse(request.parameters())));
  }

  private static AuthorizeOutcome refused(String description) {
    return new AuthorizeOutcome.LocalError(
        new OAuthFailure("invalid_request_uri", 400, description));
  }
}
