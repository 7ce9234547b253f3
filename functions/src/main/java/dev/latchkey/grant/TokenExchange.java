package dev.latchkey.grant;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.Introspection;
import dev.latchkey.token.ServiceTokens;
import dev.latchkey.token.TokenResponse;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.time.Instant;

/// Trades an app's own access token for one that can do less, for a part of the app that needs no
/// more (RFC 8693). Never wider, never longer, not to be refreshed, and it ends with the grant of
/// the token that it was made of.
public record TokenExchange(
    Introspection introspection, AccessTokens accessTokens, ServerIdentity identity) {

  /// A token that is bound to a key is exchanged only by who proves to hold that key, and what
  /// comes of it is bound too.
  public Outcome<TokenResponse> exchange(
      Requester requester, Grant.Exchange request, Instant instant) {
    if (request.audience().filter(one -> !identity.isFhirBase(one)).isPresent()) {
      return Outcome.refused(OAuthFailure.invalidTarget("The parameter audience"));
    }
    return introspection
        .of(request.subjectToken(), instant)
        .filter(subject -> subject.client().equals(requester.client().id()))
        .filter(subject -> AccessTokens.key(subject.claims()).equals(requester.key()))
        .filter(TokenExchange::hasGrant)
        .map(subject -> narrow(subject, request, instant))
        .orElseGet(TokenExchange::unusable);
  }

  /// A backend service asks for what it needs in the first place. What it exchanged would outlive
  /// its token: no grant would end both.
  private static boolean hasGrant(Introspection.Active subject) {
    return ServiceTokens.owner(subject.claims()).isEmpty();
  }

  private Outcome<TokenResponse> narrow(
      Introspection.Active subject, Grant.Exchange request, Instant instant) {
    var held = ScopeSet.parse(String.valueOf(subject.claims().getClaim("scope")));
    return NarrowedScopes.of(
            held, request.scope(), "The scope goes beyond that of the subject_token.")
        .then(scopes -> Outcome.success(issue(subject, scopes, instant)));
  }

  private TokenResponse issue(Introspection.Active subject, ScopeSet scopes, Instant instant) {
    var lifetime = lifetime(subject.claims(), instant);
    return new TokenResponse(
        accessTokens.narrowed(subject.claims(), scopes, instant.getEpochSecond(), lifetime),
        TokenType.of(AccessTokens.key(subject.claims())),
        lifetime,
        scopes,
        null,
        null,
        Grant.Exchange.ACCESS_TOKEN,
        subject.launch(),
        null);
  }

  private static Duration lifetime(JWTClaimsSet subject, Instant instant) {
    var left = subject.getExpirationTime().toInstant().getEpochSecond() - instant.getEpochSecond();
    return Duration.ofSeconds(Math.min(left, Lifetimes.EXCHANGED_ACCESS_TOKEN.toSeconds()));
  }

  /// RFC 8693 section 2.2.2. The same for every reason: a stranger's token is not confirmed.
  private static Outcome<TokenResponse> unusable() {
    return Outcome.refused(
        OAuthFailure.invalidRequest(
            "The subject_token is not an access token of this app that works now."));
  }
}
