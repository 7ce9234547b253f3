package dev.latchkey.aws;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

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
