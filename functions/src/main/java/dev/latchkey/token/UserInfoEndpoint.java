package dev.latchkey.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Standing;
import dev.latchkey.http.Cors;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
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
    AccessTokenReader reader, Standing standing, JsonResponses responses, InstantSource clock) {

  public Response answer(Request request) {
    var outcome =
        request
            .bearerToken()
            .map(token -> userOf(token, clock.instant()))
            .orElseGet(() -> unusable("Send an access token as Authorization: Bearer."));
    return Cors.open(
        switch (outcome) {
          case Outcome.Success<Map<String, Object>>(var members) -> responses.secret(members);
          case Outcome.Refused<Map<String, Object>>(var failure) ->
              responses.tokenRefusal(failure, request, NamedScope.OPENID.spelled());
        });
  }

  /// The store is asked last, so that forged tokens, and tokens that name no user, cost nothing.
  private Outcome<Map<String, Object>> userOf(String token, Instant now) {
    var current = reader.current(token, now);
    if (current.isEmpty()) {
      return unusable("The access token is not usable.");
    }
    var claims = current.get();
    // Bound to a key (RFC 9449 section 7.2), and no proof of that key is taken here.
    if (claims.getClaim("cnf") != null) {
      return unusable("The access token is not usable as a bearer token.");
    }
    if (!ScopeSet.parse(String.valueOf(claims.getClaim("scope"))).contains(NamedScope.OPENID)) {
      return Outcome.refused(
          new OAuthFailure("insufficient_scope", 403, "The access token lacks the scope openid."));
    }
    return stands(claims, now)
        ? Outcome.success(members(claims))
        : unusable("The access token was revoked.");
  }

  private boolean stands(JWTClaimsSet claims, Instant now) {
    var family = new FamilyId(String.valueOf(claims.getClaim("sid")));
    return standing.of(family, now.getEpochSecond()).isPresent();
  }

  private static Map<String, Object> members(JWTClaimsSet claims) {
    var members = new LinkedHashMap<String, Object>();
    members.put("sub", claims.getSubject());
    var fhirUser = claims.getClaim("fhirUser");
    if (fhirUser != null) {
      members.put("fhirUser", fhirUser);
      members.put("profile", fhirUser);
    }
    return members;
  }

  private static Outcome<Map<String, Object>> unusable(String description) {
    return Outcome.refused(new OAuthFailure("invalid_token", 401, description));
  }
}
