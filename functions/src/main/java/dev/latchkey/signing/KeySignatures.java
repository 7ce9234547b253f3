package dev.latchkey.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;

/// Signatures of our own keys.
public final class KeySignatures {
  private KeySignatures() {}

  /// Whether this key signed it: RSA keys with RS256, others with ES256. The key says with which
  /// algorithm, and the token does not choose (RFC 8725 section 3.1).
  ///
  /// @param key one of [TokenSigner#published()]
  /// @throws JOSEException when the signature cannot be looked at
  public static boolean holds(SignedJWT jwt, JWK key) throws JOSEException {
    var algorithm = jwt.getHeader().getAlgorithm();
    return key instanceof ECKey ec
        ? algorithm.equals(JWSAlgorithm.ES256) && jwt.verify(new ECDSAVerifier(ec))
        : algorithm.equals(JWSAlgorithm.RS256) && jwt.verify(new RSASSAVerifier(key.toRSAKey()));
  }
}
