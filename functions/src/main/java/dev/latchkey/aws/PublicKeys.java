package dev.latchkey.aws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.http.Unavailable;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/// Public keys as KMS gives them (X.509 SubjectPublicKeyInfo), turned into JWKs (RFC 7517).
final class PublicKeys {
  private PublicKeys() {}

  /// @throws Unavailable when it is no key on P-256
  static ECKey es256(byte[] subjectPublicKeyInfo) {
    try {
      var spec = new X509EncodedKeySpec(subjectPublicKeyInfo);
      var key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
      return new ECKey.Builder(Curve.P_256, key)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (GeneralSecurityException | JOSEException | IllegalStateException e) {
      throw new Unavailable("A P-256 key to sign with", e);
    }
  }

  /// @throws Unavailable when it is no RSA key: somebody named a wrong one
  static RSAKey rs256(byte[] subjectPublicKeyInfo) {
    try {
      var spec = new X509EncodedKeySpec(subjectPublicKeyInfo);
      var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
      return new RSAKey.Builder(key)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint()
          .build();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new Unavailable("An RSA key to sign with", e);
    }
  }
}
