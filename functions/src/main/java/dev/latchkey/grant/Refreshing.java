package dev.latchkey.grant;

import dev.latchkey.client.Client;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.Holding;
import dev.latchkey.family.RefreshFamilies;
import dev.latchkey.family.RefreshToken;
import dev.latchkey.family.RefreshTokenFormat;
import dev.latchkey.family.Rotation;
import dev.latchkey.family.Standing;
import dev.latchkey.family.TokenKeys;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;

/// Refreshes access (RFC 6749 section 6): a new access token and the next refresh token.
///
/// The tag of the token is checked before any store is asked, so garbage costs nothing. The
/// signature comes after the one write: when signing fails the app's next try gets the same token
/// again.
public record Refreshing(
    Standing standing, RefreshFamilies refreshFamilies, TokenKeys keys, AccessTokens accessTokens) {

  private static final String DEAD =
      "The refresh token is unknown, expired or revoked. Ask the patient to connect the app again.";

  public Outcome<TokenResponse> refresh(Client client, Grant.Refresh request, Instant instant) {
    var now = instant.getEpochSecond();
    var token = RefreshTokenFormat.read(request.refreshToken(), keys);
    var holding = token.flatMap(read -> standing.of(read.family(), now));
    if (token.isEmpty()
        || holding.isEmpty()
        || !holding.get().grant().client().equals(client.id())) {
      return dead();
    }
    // RFC 6749 section 6: no scope that was not granted. What is left out is left out of this
    // access
    // token only; the refresh token keeps all of it.
    return NarrowedScopes.of(
            holding.get().grant().scopes(),
            request.scope(),
            "The scope goes beyond what the patient granted.")
        .then(scopes -> rotate(client, token.get(), holding.get(), scopes, now));
  }

  private Outcome<TokenResponse> rotate(
      Client client, RefreshToken token, Holding holding, ScopeSet scopes, long now) {
    var grant = holding.grant();
    var policy = client.policy(grant.scopes().accessKind());
    return switch (refreshFamilies.rotate(token, client.id(), holding.family(), policy, now)) {
      case Rotation.Rotated(var next, var family) ->
          Outcome.success(answer(grant, scopes, next, family, policy, now));
      case Rotation.Looping _ ->
          Outcome.refused(
              OAuthFailure.tooManyRequests("This token was sent too often. Wait a moment."));
      case Rotation.Overtaken _ ->
          Outcome.refused(
              OAuthFailure.unavailable(
                  "Another request has just used this token. Try again with the newest one."));
      case Rotation.Dead _,
          Rotation.WrongHolder _,
          Rotation.Reused _,
          Rotation.Shadowed _,
          Rotation.GenerationAhead _,
          Rotation.UnknownSecret _ ->
          dead();
    };
  }

  private TokenResponse answer(
      FamilyGrant grant,
      ScopeSet scopes,
      RefreshToken next,
      Family family,
      GrantPolicy policy,
      long now) {
    var left = Duration.ofSeconds(family.absoluteExpiresAt() - now);
    var lifetime = left.compareTo(policy.accessToken()) < 0 ? left : policy.accessToken();
    return new TokenResponse(
        accessTokens.issue(grant, scopes, now, lifetime),
        lifetime,
        scopes,
        refreshFamilies.write(next),
        null,
        null,
        grant.launch());
  }

  private static <T> Outcome<T> dead() {
    return Outcome.refused(OAuthFailure.invalidGrant(DEAD));
  }
}
