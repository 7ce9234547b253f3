package dev.latchkey.aws;

import dev.latchkey.family.TokenKey;
import dev.latchkey.family.WrappedTokenKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/// Makes and unwraps token keys with KMS.
///
/// The encryption context ties a wrapped key to its use and its id, so that a key wrapped for
/// something else, or another key of ours under this id, is refused by KMS.
///
/// @param wrappingKeyArn the symmetric KMS key
record TokenKeyWrapping(KmsClient kms, String wrappingKeyArn) {
  /// 256 bits, which HKDF stretches to the two halves of a token key. KMS would give 64 bytes at
  /// once, but LocalStack 4.14 gives 32 whatever it is asked for.
  private static final int DATA_KEY_BYTES = 32;

  /// A new key, wrapped for that id.
  byte[] fresh(int id) {
    return KmsCalls.available(
            () ->
                kms.generateDataKey(
                    generate ->
                        generate
                            .keyId(wrappingKeyArn)
                            .numberOfBytes(DATA_KEY_BYTES)
                            .encryptionContext(context(id))))
        .ciphertextBlob()
        .asByteArray();
  }

  TokenKey unwrap(WrappedTokenKey key) {
    var dataKey =
        KmsCalls.available(
            () ->
                kms.decrypt(
                    decrypt ->
                        decrypt
                            .keyId(wrappingKeyArn)
                            .ciphertextBlob(SdkBytes.fromByteArray(key.wrapped()))
                            .encryptionContext(context(key.id()))));
    return TokenKey.of(key.id(), stretched(dataKey.plaintext().asByteArray()));
  }

  /// HKDF-Expand (RFC 5869 section 2.3): the data key is uniformly random, so it needs no
  /// extraction.
  private static byte[] stretched(byte[] dataKey) {
    try {
      var key = new SecretKeySpec(dataKey, "HKDF");
      var info = "latchkey refresh token".getBytes(StandardCharsets.US_ASCII);
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(HKDFParameterSpec.expandOnly(key, info, TokenKey.BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF", e);
    }
  }

  private static Map<String, String> context(int id) {
    return Map.of("use", "rt", "kid", Integer.toString(id));
  }
}
