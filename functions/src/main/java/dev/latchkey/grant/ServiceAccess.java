package dev.latchkey.grant;

import dev.latchkey.client.Client;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.PlainText;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.TokenResponse;
import dev.latchkey.token.TokenType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Gives a backend service an access token of its own (RFC 6749 section 4.4; SMART 2.2, backend
/// services). No user is behind it, so there is nothing to refresh, no patient and no id token.
public record ServiceAccess(AccessTokens accessTokens) {

  public Outcome<TokenResponse> grant(
      Requester requester, Grant.ClientCredentials request, Instant instant) {
    var client = requester.client();
    return refusal(client, request)
        .map(Outcome::<TokenResponse>refused)
        .orElseGet(() -> Outcome.success(issue(requester, allowed(client, request), instant)));
  }

  private static Optional<OAuthFailure> refusal(Client client, Grant.ClientCredentials request) {
    // SMART 2.2, backend services: asymmetric authentication. A secret is copied too easily for
    // access to everybody's data.
    if (!client.credentials().hasKey()) {
      return Optional.of(
          new OAuthFailure(
              "unauthorized_client", 400, "A backend service authenticates with private_key_jwt."));
    }
    if (request.scope().isEmpty()) {
      return scope("The parameter scope is missing.");
    }
    var asked = request.scope().get();
    var misspelled = ScopeSet.misspelled(asked).stream().findFirst();
    if (misspelled.isPresent()) {
      return scope("This server does not know the scope " + PlainText.ascii(misspelled.get()));
    }
    var ofUser = ofUser(ScopeSet.parse(asked));
    if (ofUser.isPresent()) {
      return scope(
          "The scope %s needs a patient. A backend service asks for system/ scopes."
              .formatted(ofUser.get().spelled()));
    }
    return allowed(client, request).isEmpty()
        ? scope("None of the scopes asked for can be granted to this app.")
        : Optional.empty();
  }

  private static Optional<ResourceScope> ofUser(ScopeSet asked) {
    return asked.resourceScopes().filter(one -> one.context() != ScopeContext.SYSTEM).findFirst();
  }

  /// What was asked for, as far as the service was registered for it: a scope that goes too far
  /// loses letters, or becomes the registered ones inside it. The answer names them.
  private static ScopeSet allowed(Client client, Grant.ClientCredentials request) {
    return new ScopeSet(
        ScopeSet.parse(request.scope().orElse(""))
            .of(ScopeContext.SYSTEM)
            .flatMap(asked -> allowed(client.scopes(), asked))
            .toList());
  }

  private static Stream<Scope> allowed(ScopeSet registered, ResourceScope asked) {
    var part = new ScopeSet(registered.coveredPart(asked).stream().toList());
    var inside =
        registered
            .of(ScopeContext.SYSTEM)
            .filter(new ScopeSet(List.of(asked))::covers)
            .filter(one -> !part.covers(one));
    return Stream.concat(part.scopes().stream(), inside);
  }

  private TokenResponse issue(Requester requester, ScopeSet scopes, Instant instant) {
    var lifetime = Lifetimes.SERVICE_ACCESS_TOKEN;
    return new TokenResponse(
        accessTokens.issue(
            requester.client().id(), scopes, requester.key(), instant.getEpochSecond(), lifetime),
        TokenType.of(requester.key()),
        lifetime,
        scopes,
        null,
        null,
        null,
        LaunchContext.none(),
        null);
  }

  private static Optional<OAuthFailure> scope(String description) {
    return Optional.of(OAuthFailure.invalidScope(description));
  }
}
