package dev.latchkey.grant;

import dev.latchkey.client.KeyThumbprint;
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
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.TokenResponse;
import dev.latchkey.token.TokenResponse.Renewal;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Refreshes access (RFC 6749 section 6): a new access token and the next refresh token.
///
/// The tag of the token is checked before any store is asked, so garbage costs nothing. The
/// signature comes after the one write: when signing fails the app's next try gets the same token
/// again.
public record Refreshing(
    Standing standing, RefreshFamilies refreshFamilies, TokenKeys keys, AccessTokens accessTokens) {

  private static final String DEAD =
      "The refresh token is unknown, expired or revoked. Ask the patient to connect the app again.";

  public Outcome<TokenResponse> refresh(
      Requester requester, Grant.Refresh request, Instant instant) {
    var now = instant.getEpochSecond();
    var token = RefreshTokenFormat.read(request.refreshToken(), keys);
    var holding = token.flatMap(read -> standing.of(read.family(), now));
    if (token.isEmpty()
        || holding.isEmpty()
        || !holding.get().grant().client().equals(requester.client().id())) {
      return dead();
    }
    if (!Objects.equals(holding.get().family().key(), requester.holder().key())) {
      return wrongKey(requester, holding.get().family());
    }
    // RFC 6749 section 6: no scope that was not granted. What is left out is left out of this
    // access token only; the refresh token keeps all of it.
    return NarrowedScopes.of(
            holding.get().grant().scopes(),
            request.scope(),
            "The scope goes beyond what the patient granted.")
        .then(scopes -> rotate(requester, token.get(), holding.get(), scopes, now));
  }

  private Outcome<TokenResponse> rotate(
      Requester requester, RefreshToken token, Holding holding, ScopeSet scopes, long now) {
    var grant = holding.grant();
    var arrival = holding.family();
    var policy = requester.client().policy(grant.scopes().accessKind(), arrival.isBound());
    return switch (refreshFamilies.rotate(token, requester.holder(), arrival, policy, now)) {
      case Rotation.Rotated(var next, var family) -> {
        var answer = new Answer(grant, scopes, requester.key(), next, family, now);
        yield Outcome.success(write(answer, policy.accessToken()));
      }
      case Rotation.Looping _ ->
          Outcome.refused(
              OAuthFailure.tooManyRequests("This token was sent too often. Wait a moment."));
      case Rotation.Overtaken _ ->
          Outcome.refused(
              OAuthFailure.unavailable(
                  "Another request has just used this token. Try again with the newest one."));
      case Rotation.WrongKey _ -> wrongKey(requester, arrival);
      case Rotation.Dead _,
          Rotation.WrongHolder _,
          Rotation.Reused _,
          Rotation.Shadowed _,
          Rotation.GenerationAhead _,
          Rotation.UnknownSecret _ ->
          dead();
    };
  }

  private record Answer(
      FamilyGrant grant,
      ScopeSet scopes,
      Optional<KeyThumbprint> key,
      RefreshToken next,
      Family family,
      long now) {}

  private TokenResponse write(Answer answer, Duration longest) {
    var left = Duration.ofSeconds(answer.family().absoluteExpiresAt() - answer.now());
    var lifetime = left.compareTo(longest) < 0 ? left : longest;
    return new TokenResponse(
        accessTokens.issue(answer.grant(), answer.scopes(), answer.key(), answer.now(), lifetime),
        TokenType.of(answer.key()),
        lifetime,
        answer.scopes(),
        Renewal.of(refreshFamilies.write(answer.next()), answer.family(), answer.now()),
        null,
        null,
        answer.grant().launch(),
        null);
  }

  private static <T> Outcome<T> dead() {
    return Outcome.refused(OAuthFailure.invalidGrant(DEAD));
  }

  /// Nothing has changed, so the rightful holder goes on (RFC 9449 section 5).
  private static <T> Outcome<T> wrongKey(Requester requester, Family family) {
    if (!family.isBound()) {
      return Outcome.refused(
          OAuthFailure.invalidGrant(
              "The refresh token is bound to no key. Send it without a DPoP proof, or ask the"
                  + " patient to connect the app again."));
    }
    return Outcome.refused(
        requester.key().isPresent()
            ? OAuthFailure.invalidGrant("The refresh token is bound to another key.")
            : OAuthFailure.invalidProof(
                "The refresh token is bound to a key. Send a DPoP proof made with it."));
  }
}
