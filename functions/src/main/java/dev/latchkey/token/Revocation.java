package dev.latchkey.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.client.ClientId;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.RefreshFamilies;
import dev.latchkey.family.RefreshToken;
import dev.latchkey.family.RefreshTokenFormat;
import dev.latchkey.family.TokenKeys;

/// Takes a key back at the app's own request (RFC 7009).
///
/// Either token ends the whole grant, in any generation that this server made: an app that says
/// "log out" means all of it. An access token of a backend service stands for no grant and ends
/// alone. A token of another client, or no token at all, changes nothing and gets the same answer,
/// so that revocation tells a stranger nothing (section 2.2).
public record Revocation(
    Families families,
    RefreshFamilies refreshFamilies,
    Cutoffs cutoffs,
    TokenKeys keys,
    AccessTokenReader reader) {

  /// Revokes the grant behind `token`, if it belongs to `client`.
  ///
  /// @param now seconds since the epoch
  public void revoke(String token, ClientId client, long now) {
    RefreshTokenFormat.read(token, keys)
        .map(RefreshToken::family)
        .ifPresentOrElse(
            id -> revokeGrant(id, client, now),
            () -> reader.authentic(token).ifPresent(claims -> revoke(claims, client, now)));
  }

  private void revoke(JWTClaimsSet claims, ClientId client, long now) {
    ServiceTokens.owner(claims)
        .ifPresentOrElse(
            service -> revokeOne(service, claims, client, now),
            () -> revokeGrant(new FamilyId(String.valueOf(claims.getClaim("sid"))), client, now));
  }

  /// Kept until the token would have ended anyway.
  private void revokeOne(ClientId service, JWTClaimsSet claims, ClientId client, long now) {
    if (service.equals(client)) {
      var end = claims.getExpirationTime().toInstant().getEpochSecond();
      cutoffs.raise(new Cutoffs.Of.Token(claims.getJWTID()), now, end);
    }
  }

  private void revokeGrant(FamilyId id, ClientId client, long now) {
    if (belongsTo(id, client)) {
      refreshFamilies.revoke(id, "client", now);
    }
  }

  private boolean belongsTo(FamilyId id, ClientId client) {
    return families.find(id).filter(family -> family.client().equals(client)).isPresent();
  }
}
