package dev.latchkey.contract;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeyPairSpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;

/// KMS for tests. Its wrapping keys live as long as the object; its RSA keys live as long as the
/// process, since making one takes longer than most tests. It passes [KmsContract].
public final class InProcessKms implements KmsClient {
  private static final String ARN = "arn:aws:kms:eu-west-1:000000000000:key/";

  /// RSA keys.
  public static final String SIGNING_KEY = ARN + "signing";

  public static final String NEXT_SIGNING_KEY = ARN + "signing-next";

  /// Symmetric keys.
  public static final String TOKEN_KEY = ARN + "token";

  public static final String OTHER_TOKEN_KEY = ARN + "token-other";

  /// What comes before a SHA-256 digest in a PKCS #1 signature (RFC 8017 section 9.2, note 1).
  private static final byte[] SHA_256_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private static final int NONCE = 12;

  private static final Map<String, KeyPair> SIGNING = new ConcurrentHashMap<>();

  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKeySpec> wrapping =
      Map.of(TOKEN_KEY, aesKey(), OTHER_TOKEN_KEY, aesKey());

  @Override
  public SignResponse sign(SignRequest request) {
    return SignResponse.builder()
        .keyId(request.keyId())
        .signature(SdkBytes.fromByteArray(signature(request)))
        .signingAlgorithm(request.signingAlgorithm())
        .build();
  }

  @Override
  public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
    var key = keyPair(request.keyId()).getPublic().getEncoded();
    return GetPublicKeyResponse.builder()
        .keyId(request.keyId())
        .publicKey(SdkBytes.fromByteArray(key))
        .build();
  }

  @Override
  public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    var plaintext = bytes(request.numberOfBytes());
    var nonce = bytes(NONCE);
    var sealed =
        gcm(Cipher.ENCRYPT_MODE, request.keyId(), nonce, request.encryptionContext(), plaintext);
    return GenerateDataKeyResponse.builder()
        .keyId(request.keyId())
        .plaintext(SdkBytes.fromByteArray(plaintext))
        .ciphertextBlob(SdkBytes.fromByteArray(joined(nonce, sealed)))
        .build();
  }

  @Override
  public GenerateDataKeyPairWithoutPlaintextResponse generateDataKeyPairWithoutPlaintext(
      GenerateDataKeyPairWithoutPlaintextRequest request) {
    if (request.keyPairSpec() != DataKeyPairSpec.ECC_NIST_P256) {
      throw new UnsupportedOperationException("A pair of " + request.keyPairSpecAsString());
    }
    var pair = ecKey();
    var nonce = bytes(NONCE);
    var sealed =
        gcm(
            Cipher.ENCRYPT_MODE,
            request.keyId(),
            nonce,
            request.encryptionContext(),
            pair.getPrivate().getEncoded());
    return GenerateDataKeyPairWithoutPlaintextResponse.builder()
        .keyId(request.keyId())
        .publicKey(SdkBytes.fromByteArray(pair.getPublic().getEncoded()))
        .privateKeyCiphertextBlob(SdkBytes.fromByteArray(joined(nonce, sealed)))
        .build();
  }

  @Override
  public DecryptResponse decrypt(DecryptRequest request) {
    var blob = request.ciphertextBlob().asByteArray();
    var plaintext =
        gcm(
            Cipher.DECRYPT_MODE,
            request.keyId(),
            Arrays.copyOf(blob, NONCE),
            request.encryptionContext(),
            Arrays.copyOfRange(blob, NONCE, blob.length));
    return DecryptResponse.builder()
        .keyId(request.keyId())
        .plaintext(SdkBytes.fromByteArray(plaintext))
        .build();
  }

  @Override
  public String serviceName() {
    return "kms";
  }

  @Override
  public void close() {}

  private byte[] signature(SignRequest request) {
    try {
      var signer = Signature.getInstance("NONEwithRSA");
      signer.initSign(keyPair(request.keyId()).getPrivate());
      signer.update(SHA_256_INFO);
      signer.update(request.message().asByteArray());
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyPair keyPair(String arn) {
    if (!arn.startsWith(SIGNING_KEY)) {
      throw unknown(arn);
    }
    return SIGNING.computeIfAbsent(arn, _ -> rsaKey());
  }

  /// AES-GCM with the encryption context as additional data, as KMS describes its own.
  private byte[] gcm(
      int mode, String arn, byte[] nonce, Map<String, String> context, byte[] input) {
    var key = wrapping.get(arn);
    if (key == null) {
      throw unknown(arn);
    }
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(128, nonce));
      cipher.updateAAD(SdkBytes.fromUtf8String(new TreeMap<>(context).toString()).asByteArray());
      return cipher.doFinal(input);
    } catch (AEADBadTagException e) {
      throw InvalidCiphertextException.builder().message("Wrong key or context").cause(e).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RuntimeException unknown(String arn) {
    return NotFoundException.builder().message("There is no key " + arn).build();
  }

  private static KeyPair rsaKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ecKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SecretKeySpec aesKey() {
    return new SecretKeySpec(bytes(32), "AES");
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
