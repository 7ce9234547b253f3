package dev.latchkey.sandbox.embedded;

import dev.latchkey.sandbox.embedded.LocalKeys.LocalKey;
import dev.latchkey.secret.Entropy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// The four calls of KMS that the functions make, with the keys of [LocalKeys]. Every other call is
/// refused, as the interface's own methods do.
///
/// Not for production: it keeps keys as safe as its database, and no log of their use.
public final class LocalKms implements KmsClient {
  private final LocalKeys keys;
  private final Entropy entropy;
  private final Map<String, LocalKey> known = new ConcurrentHashMap<>();

  public LocalKms(LocalKeys keys, Entropy entropy) {
    this.keys = keys;
    this.entropy = entropy;
  }

  @Override
  public SignResponse sign(SignRequest request) {
    var key = signing(request.keyId());
    if (request.signingAlgorithm() != SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256) {
      throw wrongUse("This key signs with RSASSA_PKCS1_V1_5_SHA_256 only");
    }
    var message = request.message().asByteArray();
    var signature =
        request.messageType() == MessageType.DIGEST
            ? RsaSignatures.signDigest(key.privateKey(), message)
            : RsaSignatures.signMessage(key.privateKey(), message);
    return SignResponse.builder()
        .keyId(key.arn())
        .signature(SdkBytes.fromByteArray(signature))
        .signingAlgorithm(request.signingAlgorithm())
        .build();
  }

  @Override
  public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
    var key = signing(request.keyId());
    return GetPublicKeyResponse.builder()
        .keyId(key.arn())
        .publicKey(SdkBytes.fromByteArray(key.publicKey().getEncoded()))
        .keySpec(KeySpec.RSA_2048)
        .keyUsage(KeyUsageType.SIGN_VERIFY)
        .signingAlgorithms(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256)
        .build();
  }

  @Override
  public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    var key = wrapping(request.keyId());
    var plaintext = entropy.bytes(length(request));
    var sealed =
        SealedBlob.seal(key.secretKey(), key.id(), plaintext, request.encryptionContext(), entropy);
    return GenerateDataKeyResponse.builder()
        .keyId(key.arn())
        .plaintext(SdkBytes.fromByteArray(plaintext))
        .ciphertextBlob(SdkBytes.fromByteArray(sealed))
        .build();
  }

  /// The ciphertext names its key; a key id in the request must be that one.
  @Override
  public DecryptResponse decrypt(DecryptRequest request) {
    var blob = request.ciphertextBlob().asByteArray();
    var key = wrapping(SealedBlob.keyId(blob));
    if (request.keyId() != null && !find(request.keyId()).equals(Optional.of(key))) {
      throw IncorrectKeyException.builder()
          .message("The ciphertext was made with another key")
          .build();
    }
    return DecryptResponse.builder()
        .keyId(key.arn())
        .plaintext(
            SdkBytes.fromByteArray(
                SealedBlob.open(key.secretKey(), blob, request.encryptionContext())))
        .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private static int length(GenerateDataKeyRequest request) {
    if (request.numberOfBytes() != null) {
      return request.numberOfBytes();
    }
    return request.keySpec() == DataKeySpec.AES_128 ? 16 : 32;
  }

  private LocalKey.Signing signing(String keyId) {
    return switch (existing(keyId)) {
      case LocalKey.Signing key -> key;
      case LocalKey.Wrapping _ -> throw wrongUse("This key encrypts and does not sign");
    };
  }

  private LocalKey.Wrapping wrapping(String keyId) {
    return switch (existing(keyId)) {
      case LocalKey.Wrapping key -> key;
      case LocalKey.Signing _ -> throw wrongUse("This key signs and does not encrypt");
    };
  }

  private LocalKey existing(String keyId) {
    return find(keyId)
        .orElseThrow(() -> NotFoundException.builder().message("There is no key " + keyId).build());
  }

  /// A key never changes, so it is read once.
  private Optional<LocalKey> find(String keyId) {
    var key = Optional.ofNullable(known.get(keyId)).or(() -> keys.find(keyId));
    key.ifPresent(found -> known.put(keyId, found));
    return key;
  }

  private static InvalidKeyUsageException wrongUse(String message) {
    return InvalidKeyUsageException.builder().message(message).build();
  }
}
