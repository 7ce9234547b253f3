package dev.latchkey.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.util.Map;
import java.util.Set;

/// Whether a key may answer for a signature, and whether it does.
///
/// The algorithm decides which type of key, and which curve, may answer, so that no key is used in
/// a way that it was not made for (RFC 8725 sections 3.1 and 3.2).
public final class KeySignature {
  private static final Set<JWSAlgorithm> RSA =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.PS256);

  private static final Map<JWSAlgorithm, Curve> EC =
      Map.of(JWSAlgorithm.ES256, Curve.P_256, JWSAlgorithm.ES384, Curve.P_384);

  /// Bits (RFC 7518 section 3.3). A fetched key set was checked by nobody.
  private static final int SHORTEST_RSA = 2048;

  /// The algorithms that are understood.
  public static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "ES256", "ES384", "PS256");

  private KeySignature() {}

  /// Whether the key is made for signatures of that algorithm.
  public static boolean fits(JWK key, JWSAlgorithm algorithm) {
    if (KeyUse.ENCRYPTION.equals(key.getKeyUse())
        || (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm))) {
      return false;
    }
    return switch (key) {
      case RSAKey rsa -> rsa.size() >= SHORTEST_RSA && RSA.contains(algorithm);
      case ECKey ec -> ec.getCurve().equals(EC.get(algorithm));
      default -> false;
    };
  }

  /// Whether this key, which fits, made the signature. The key says for which algorithm it is, and
  /// the token does not choose (RFC 8725 section 3.1).
  public static boolean holds(SignedJWT jwt, JWK key) {
    if (!fits(key, jwt.getHeader().getAlgorithm())) {
      return false;
    }
    try {
      JWSVerifier verifier =
          key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier(key.toECKey());
      return jwt.verify(verifier);
    } catch (JOSEException | IllegalArgumentException notVerifiable) {
      return false;
    }
  }
}
