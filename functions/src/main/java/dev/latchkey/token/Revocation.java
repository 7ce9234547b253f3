package dev.latchkey.token;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.RefreshFamilies;
import dev.latchkey.family.RefreshToken;
import dev.latchkey.family.RefreshTokenFormat;
import dev.latchkey.family.TokenKeys;
import java.util.Optional;

/// Takes a key back at the app's own request (RFC 7009).
///
/// Either token ends the whole grant, in any generation that this server made: an app that says
/// "log out" means all of it. A token of another client, or no token at all, changes nothing and
/// gets the same answer, so that revocation tells a stranger nothing (section 2.2).
public record Revocation(
    Families families, RefreshFamilies refreshFamilies, TokenKeys keys, AccessTokenReader reader) {

  /// Revokes the grant behind `token`, if it belongs to `client`.
  ///
  /// @param now seconds since the epoch
  public void revoke(String token, ClientId client, long now) {
    familyOf(token)
        .filter(id -> belongsTo(id, client))
        .ifPresent(id -> refreshFamilies.revoke(id, "client", now));
  }

  private boolean belongsTo(FamilyId id, ClientId client) {
    return families.find(id).filter(family -> family.client().equals(client)).isPresent();
  }

  private Optional<FamilyId> familyOf(String token) {
    return RefreshTokenFormat.read(token, keys)
        .map(RefreshToken::family)
        .or(
            () ->
                reader
                    .authentic(token)
                    .map(claims -> new FamilyId(String.valueOf(claims.getClaim("sid")))));
  }
}
