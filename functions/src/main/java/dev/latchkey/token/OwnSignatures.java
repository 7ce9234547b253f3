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
import java.util.Set;
import java.util.regex.Pattern;

/// Tells tokens that this server signed from everything else.
record OwnSignatures(ServerIdentity identity, TokenSigner signer) {
  /// A token much longer than 4 kB is none of ours.
  private static final int LONGEST = 8_192;

  /// RFC 7515 section 7.1. The library overlooks what is no base64url, so that one token would have
  /// many spellings.
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private static final Set<JWSAlgorithm> OF_ACCESS_TOKENS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
  private static final Set<JWSAlgorithm> OF_ID_TOKENS = Set.of(JWSAlgorithm.RS256);

  /// The claims of a token of ours, past its time or not. Empty for everything else.
  ///
  /// @param type of the token: one key signs access tokens and id tokens, and one must not pass for
  ///   the other (RFC 8725 section 3.11)
  Optional<JWTClaimsSet> claims(String token, JOSEObjectType type) {
    if (token.length() > LONGEST || !COMPACT.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      var jwt = SignedJWT.parse(token);
      return isOurs(jwt, type) ? Optional.of(jwt.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /// The algorithm is ours to fix (RFC 8725 section 3.1), and no key is asked for before the header
  /// names one of ours. Keys for ES256 are for access tokens alone, so that whoever got at one
  /// cannot make an id token.
  private boolean isOurs(SignedJWT jwt, JOSEObjectType type) throws ParseException {
    var header = jwt.getHeader();
    var algorithms = AccessTokens.TYPE.equals(type) ? OF_ACCESS_TOKENS : OF_ID_TOKENS;
    if (!type.equals(header.getType())
        || !algorithms.contains(header.getAlgorithm())
        || header.getKeyID() == null) {
      return false;
    }
    var key = signer.published().getKeyByKeyId(header.getKeyID());
    return key != null
        && KeySignature.holds(jwt, key)
        && identity.issuer().equals(jwt.getJWTClaimsSet().getIssuer());
  }
}
