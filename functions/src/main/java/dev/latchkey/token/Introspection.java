package dev.latchkey.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.client.ClientId;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.Holding;
import dev.latchkey.family.ServiceStanding;
import dev.latchkey.family.Standing;
import dev.latchkey.launch.LaunchContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an access token is worth at this moment (RFC 7662, SMART 2.2 token introspection).
///
/// Only access tokens are known here: a resource server has no business with a refresh token, and
/// one that leaked would be confirmed.
public record Introspection(AccessTokenReader reader, Standing standing, ServiceStanding services) {

  /// A usable access token.
  ///
  /// @param client that it belongs to
  /// @param launch what a user allowed it for; nothing for a token of a backend service
  public record Active(JWTClaimsSet claims, ClientId client, LaunchContext launch) {

    /// The answer, with what the token response said beside the token.
    Map<String, Object> members() {
      var members = new LinkedHashMap<String, Object>();
      members.put("active", true);
      members.put("scope", claims.getClaim("scope"));
      members.put("client_id", client.value());
      members.put("token_type", TokenType.of(AccessTokens.key(claims)).registeredName());
      members.put("exp", claims.getExpirationTime().toInstant().getEpochSecond());
      members.put("iat", claims.getIssueTime().toInstant().getEpochSecond());
      members.put("iss", claims.getIssuer());
      members.put("sub", claims.getSubject());
      members.put("aud", claims.getAudience().getFirst());
      members.put("jti", claims.getJWTID());
      AccessTokens.key(claims).ifPresent(key -> members.put("cnf", Map.of("jkt", key.value())));
      for (var name : List.of("fhirUser", "act")) {
        if (claims.getClaim(name) != null) {
          members.put(name, claims.getClaim(name));
        }
      }
      members.putAll(launch.members());
      return members;
    }
  }

  /// The token, if it can be used now. Asked with consistent reads, so that what was taken back is
  /// seen at once.
  public Optional<Active> of(String token, Instant now) {
    return reader
        .current(token, now)
        .flatMap(
            claims ->
                ServiceTokens.owner(claims)
                    .map(service -> ofService(service, claims, now))
                    .orElseGet(() -> ofGrant(claims, now)));
  }

  private Optional<Active> ofService(ClientId service, JWTClaimsSet claims, Instant now) {
    var issuedAt = claims.getIssueTime().toInstant().getEpochSecond();
    return services
        .of(service, claims.getJWTID(), issuedAt, now.getEpochSecond())
        .map(client -> new Active(claims, client.id(), LaunchContext.none()));
  }

  private Optional<Active> ofGrant(JWTClaimsSet claims, Instant now) {
    return standing
        .of(new FamilyId(String.valueOf(claims.getClaim("sid"))), now.getEpochSecond())
        .map(Holding::grant)
        .map(grant -> new Active(claims, grant.client(), grant.launch()));
  }
}
