package dev.latchkey.token;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientAuthentication;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.Request;
import java.time.Instant;

/// Finds out who asks about a token (RFC 7662 section 2.1: strangers must not be able to scan for
/// tokens): a client that authenticates, or whoever holds a usable bearer token. A token that is
/// bound to a key is none, and no proof is taken here.
public record IntrospectionCaller(
    ClientAuthentication authentication, ClientRegistry clients, Introspection introspection) {
  /// The client that asks.
  public Outcome<Client> identify(Request request, Parameters form, Instant now) {
    var bearer = request.bearerToken();
    return bearer.isPresent()
        ? byAccessToken(bearer.get(), now)
        : authentication.authenticate(request, form, IntrospectionCaller::confidential);
  }

  private Outcome<Client> byAccessToken(String token, Instant now) {
    return introspection
        .of(token, now)
        .filter(active -> AccessTokens.key(active.claims()).isEmpty())
        .flatMap(active -> clients.find(active.client()))
        .map(Outcome::success)
        .orElseGet(
            () ->
                Outcome.refused(
                    new OAuthFailure(
                        "invalid_token",
                        401,
                        "The access token of the caller is not usable as a bearer token.")));
  }

  /// The `client_id` of a public client is known to everybody, so it proves nothing.
  private static Outcome<Client> confidential(Client client) {
    return client.isPublic()
        ? Outcome.refused(
            OAuthFailure.invalidClient(
                "Introspection needs client authentication or an access token."))
        : Outcome.success(client);
  }
}
