package dev.latchkey.aws;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeyPairSpec;

/// Makes and unwraps data keys with KMS.
///
/// The encryption context ties a wrapped key to its use, so that KMS refuses one that was wrapped
/// for something else.
///
/// @param wrappingKeyArn the symmetric KMS key
record DataKeys(KmsClient kms, String wrappingKeyArn) {
  /// 256 bits. LocalStack 4.14 gives as many whatever it is asked for.
  private static final int BYTES = 32;

  /// A new key, wrapped.
  byte[] fresh(Map<String, String> context) {
    return AwsCalls.available(
            "KMS",
            () ->
                kms.generateDataKey(
                    generate ->
                        generate
                            .keyId(wrappingKeyArn)
                            .numberOfBytes(BYTES)
                            .encryptionContext(context)))
        .ciphertextBlob()
        .asByteArray();
  }

  /// A new key pair on P-256, of which nobody sees the private half before it is unwrapped.
  ///
  /// @param publicKey as X.509 SubjectPublicKeyInfo
  /// @param wrapped the private half, PKCS #8 once it is unwrapped
  record Pair(byte[] publicKey, byte[] wrapped) {}

  Pair freshPair(Map<String, String> context) {
    var made =
        AwsCalls.available(
            "KMS",
            () ->
                kms.generateDataKeyPairWithoutPlaintext(
                    generate ->
                        generate
                            .keyId(wrappingKeyArn)
                            .keyPairSpec(DataKeyPairSpec.ECC_NIST_P256)
                            .encryptionContext(context)));
    return new Pair(made.publicKey().asByteArray(), made.privateKeyCiphertextBlob().asByteArray());
  }

  byte[] unwrap(byte[] wrapped, Map<String, String> context) {
    return AwsCalls.available(
            "KMS",
            () ->
                kms.decrypt(
                    decrypt ->
                        decrypt
                            .keyId(wrappingKeyArn)
                            .ciphertextBlob(SdkBytes.fromByteArray(wrapped))
                            .encryptionContext(context)))
        .plaintext()
        .asByteArray();
  }
}
