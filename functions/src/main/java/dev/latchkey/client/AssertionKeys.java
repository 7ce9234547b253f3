package dev.latchkey.client;

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
import java.util.Optional;
import java.util.Set;

/// Verifies the signature of an assertion with the one registered key that it names.
///
/// The algorithm decides which type of key, and which curve, may answer, so that no key is used in
/// a way that it was not made for (RFC 8725 sections 3.1 and 3.2). Key material in the header is
/// never read.
public record AssertionKeys(KeySets keySets) {
  private static final Set<JWSAlgorithm> RSA =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.PS256);

  private static final Map<JWSAlgorithm, Curve> EC =
      Map.of(JWSAlgorithm.ES256, Curve.P_256, JWSAlgorithm.ES384, Curve.P_384);

  /// Bits (RFC 7518 section 3.3). A fetched key set was checked by nobody.
  private static final int SHORTEST_RSA = 2048;

  /// The algorithms that an app may be registered for.
  public static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "ES256", "ES384", "PS256");

  /// What is wrong; empty when the signature holds.
  Optional<String> verify(SignedJWT jwt, Client client) {
    return switch (keySets.find(client, jwt.getHeader().getKeyID())) {
      case KeySets.Found.Unreadable() -> Optional.of("The key set of this app could not be read.");
      case KeySets.Found.Keys(var found) -> {
        var fitting =
            found.stream().filter(key -> fits(key, jwt.getHeader().getAlgorithm())).toList();
        yield fitting.size() == 1 && holds(jwt, fitting.getFirst())
            ? Optional.empty()
            : Optional.of(
                fitting.isEmpty()
                    ? "The app has no key with that kid for that algorithm."
                    : "The signature of the assertion does not hold.");
      }
    };
  }

  private static boolean fits(JWK key, JWSAlgorithm algorithm) {
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

  private static boolean holds(SignedJWT jwt, JWK key) {
    try {
      JWSVerifier verifier =
          key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier(key.toECKey());
      return jwt.verify(verifier);
    } catch (JOSEException | IllegalArgumentException notVerifiable) {
      return false;
    }
  }
}
