package dev.latchkey.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.ClientId;
import dev.latchkey.family.Families;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.RefreshFamilies;
import dev.latchkey.family.RefreshToken;
import dev.latchkey.family.RefreshTokenFormat;
import dev.latchkey.family.TokenKeys;
import dev.latchkey.signing.TokenSigner;
import java.text.ParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes a key back at the app's own request (RFC 7009).
///
/// Either token ends the whole grant, in any generation that this server made: an app that says
/// "log out" means all of it. A token of another client, or no token at all, changes nothing and
/// gets the same answer, so that revocation tells a stranger nothing (section 2.2).
public record Revocation(
    Families families, RefreshFamilies refreshFamilies, TokenKeys keys, TokenSigner signer) {

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
        .or(() -> familyOfAccessToken(token));
  }

  private Optional<FamilyId> familyOfAccessToken(String token) {
    try {
      var jwt = SignedJWT.parse(token);
      return AccessTokens.TYPE.equals(jwt.getHeader().getType()) && isOurs(jwt)
          ? Optional.ofNullable(familyClaim(jwt.getJWTClaimsSet())).map(FamilyId::new)
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String familyClaim(JWTClaimsSet claims) throws ParseException {
    return claims.getStringClaim("sid");
  }

  private boolean isOurs(SignedJWT jwt) throws JOSEException {
    var key = signer.published().getKeyByKeyId(jwt.getHeader().getKeyID());
    return key != null && jwt.verify(new RSASSAVerifier(key.toRSAKey()));
  }
}
