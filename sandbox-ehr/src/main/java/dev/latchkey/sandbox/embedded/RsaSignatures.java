package dev.latchkey.sandbox.embedded;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.HexFormat;
import javax.crypto.Cipher;
import software.amazon.awssdk.services.kms.model.KmsException;

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2).
final class RsaSignatures {
  /// DER of the DigestInfo up to the digest (RFC 8017 section 9.2, note 1).
  private static final byte[] DIGEST_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private static final int DIGEST_BYTES = 32;

  private RsaSignatures() {}

  static byte[] signMessage(PrivateKey key, byte[] message) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Signs a digest that the caller made. The platform offers no such signature, but its PKCS #1
  /// encryption with a private key is the same operation.
  ///
  /// @throws KmsException when it is no SHA-256 digest
  static byte[] signDigest(PrivateKey key, byte[] digest) {
    if (digest.length != DIGEST_BYTES) {
      throw KmsException.builder()
          .message("Digest is invalid length for algorithm RSASSA_PKCS1_V1_5_SHA_256.")
          .statusCode(400)
          .build();
    }
    try {
      var rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      rsa.init(Cipher.ENCRYPT_MODE, key);
      rsa.update(DIGEST_INFO);
      return rsa.doFinal(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
