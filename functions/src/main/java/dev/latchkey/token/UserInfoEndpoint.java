package dev.latchkey.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Standing;
import dev.latchkey.http.Cors;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Says who signed in, to whoever holds an access token with the scope `openid` (OpenID Connect
/// Core section 5.3). The same `sub` as in the id token, and the same `fhirUser` where it was
/// granted; `profile` repeats that one for apps written before SMART App Launch 1.0.
///
/// The token is taken from the `Authorization` header only: in a form it would be read by whatever
/// reads forms, and RFC 6750 section 2.2 calls that a last resort.
public record UserInfoEndpoint(
    AccessTokenReader reader,
    Standing standing,
    BoundTokens boundTokens,
    ServerIdentity identity,
    JsonResponses responses,
    InstantSource clock) {

  public Response answer(Request request) {
    var now = clock.instant();
    var use = TokenUse.of(request, identity);
    var outcome =
        use.map(used -> userOf(used, now))
            .orElseGet(() -> unusable("Send an access token as Authorization: Bearer or DPoP."));
    var response =
        switch (outcome) {
          case Outcome.Success<Map<String, Object>>(var members) -> responses.secret(members);
          case Outcome.Refused<Map<String, Object>>(var failure) ->
              responses
                  .failure(failure)
                  .withHeader(
                      "www-authenticate",
                      TokenChallenge.of(failure, use, NamedScope.OPENID.spelled()));
        };
    return Cors.open(
        use.flatMap(TokenUse::proof).isPresent()
            ? response.withHeader(ProofChecks.NONCE_HEADER, boundTokens.freshNonce(now))
            : response);
  }

  /// The stores are asked last, so that forged tokens, and tokens that name no user, cost nothing;
  /// and a proof is used up only for a token that works.
  private Outcome<Map<String, Object>> userOf(TokenUse use, Instant now) {
    var current = reader.current(use.token(), now);
    if (current.isEmpty()) {
      return unusable("The access token is not usable.");
    }
    var claims = current.get();
    if (!scopes(claims).contains(NamedScope.OPENID)) {
      return Outcome.refused(
          new OAuthFailure("insufficient_scope", 403, "The access token lacks the scope openid."));
    }
    if (!stands(claims, now)) {
      return unusable("The access token was revoked.");
    }
    return boundTokens
        .problem(use, claims, now)
        .map(Outcome::<Map<String, Object>>refused)
        .orElseGet(() -> Outcome.success(members(claims)));
  }

  private static ScopeSet scopes(JWTClaimsSet claims) {
    return ScopeSet.parse(String.valueOf(claims.getClaim("scope")));
  }

  private boolean stands(JWTClaimsSet claims, Instant now) {
    var family = new FamilyId(String.valueOf(claims.getClaim("sid")));
    return standing.of(family, now.getEpochSecond()).isPresent();
  }

  private static Map<String, Object> members(JWTClaimsSet claims) {
    var members = new LinkedHashMap<String, Object>();
    members.put("sub", claims.getSubject());
    var fhirUser = claims.getClaim("fhirUser");
    if (fhirUser != null && scopes(claims).contains(NamedScope.FHIR_USER)) {
      members.put("fhirUser", fhirUser);
      members.put("profile", fhirUser);
    }
    return members;
  }

  private static Outcome<Map<String, Object>> unusable(String description) {
    return Outcome.refused(new OAuthFailure("invalid_token", 401, description));
  }
}
