package dev.latchkey.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.signing.KeySignature;
import dev.latchkey.signing.TokenSigner;
import java.text.ParseException;
import java.util.Optional;

/// Tells tokens that this server signed from everything else.
record OwnSignatures(ServerIdentity identity, TokenSigner signer) {
  /// A token much longer than 4 kB is none of ours.
  private static final int LONGEST = 8_192;

  /// The claims of a token of ours, past its time or not. Empty for everything else.
  ///
  /// @param type of the token: one key signs access tokens and id tokens, and one must not pass for
  ///   the other (RFC 8725 section 3.11)
  Optional<JWTClaimsSet> claims(String token, JOSEObjectType type) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var jwt = SignedJWT.parse(token);
      return isOurs(jwt, type) ? Optional.of(jwt.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /// The algorithm is ours to fix (RFC 8725 section 3.1). Keys for ES256 are for access tokens
  /// alone, so that whoever got at one cannot make an id token.
  private boolean isOurs(SignedJWT jwt, JOSEObjectType type) throws ParseException {
    var header = jwt.getHeader();
    var isAccessToken = AccessTokens.TYPE.equals(type);
    if (!type.equals(header.getType())
        || !(isAccessToken || JWSAlgorithm.RS256.equals(header.getAlgorithm()))) {
      return false;
    }
    var key = signer.published().getKeyByKeyId(header.getKeyID());
    return key != null
        && KeySignature.holds(jwt, key)
        && identity.issuer().equals(jwt.getJWTClaimsSet().getIssuer());
  }
}
