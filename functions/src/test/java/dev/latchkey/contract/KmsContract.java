package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// What Latchkey needs of KMS, for every client that stands in for it.
public abstract class KmsContract {
  private static final Map<String, String> CONTEXT = Map.of("use", "rt", "kid", "1");

  protected abstract KmsClient kms();

  /// An RSA_2048 key for signing.
  protected abstract String signingKeyArn();

  /// A symmetric key.
  protected abstract String tokenKeyArn();

  /// Another symmetric key.
  protected abstract String otherTokenKeyArn();

  @Test
  void signsADigestSoThatThePublicKeyVerifiesTheMessage() throws GeneralSecurityException {
    for (var message : new String[] {"", "header.claims", "é☃".repeat(10_000)}) {
      var bytes = message.getBytes(StandardCharsets.UTF_8);

      var signature = sign(MessageDigest.getInstance("SHA-256").digest(bytes)).signature();

      assertThat(verifies(bytes, signature.asByteArray())).isTrue();
      assertThat(verifies("another".getBytes(StandardCharsets.UTF_8), signature.asByteArray()))
          .isFalse();
    }
  }

  @Test
  void hasOneRsaKeyOf2048BitsPerArn() throws GeneralSecurityException {
    assertThat(publicKey().getModulus().bitLength()).isEqualTo(2048);
    assertThat(publicKey()).isEqualTo(publicKey());
  }

  @Test
  void wrapsADataKeyAndUnwrapsIt() {
    var made = generate(CONTEXT);

    assertThat(made.plaintext().asByteArray()).hasSize(32);
    assertThat(made.ciphertextBlob().asByteArray().length).isBetween(33, 6144);
    assertThat(decrypt(tokenKeyArn(), made.ciphertextBlob(), CONTEXT).plaintext())
        .isEqualTo(made.plaintext());
  }

  @Test
  void makesAnotherDataKeyEachTime() {
    var one = generate(CONTEXT);
    var other = generate(CONTEXT);

    assertThat(one.plaintext()).isNotEqualTo(other.plaintext());
    assertThat(one.ciphertextBlob()).isNotEqualTo(other.ciphertextBlob());
  }

  @Test
  void namesTheKeyByItsArnInEachAnswer() throws GeneralSecurityException {
    var made = generate(CONTEXT);

    assertThat(sign(new byte[32]).keyId()).isEqualTo(signingKeyArn());
    assertThat(made.keyId()).isEqualTo(tokenKeyArn());
    assertThat(decrypt(tokenKeyArn(), made.ciphertextBlob(), CONTEXT).keyId())
        .isEqualTo(tokenKeyArn());
  }

  @Test
  void refusesAnotherEncryptionContext() {
    var wrapped = generate(CONTEXT).ciphertextBlob();

    for (var context :
        List.of(
            Map.<String, String>of(),
            Map.of("use", "rt"),
            Map.of("use", "rt", "kid", "2"),
            Map.of("use", "at", "kid", "1"),
            Map.of("kid", "rt", "use", "1"),
            Map.of("use", "rt", "kid", "1", "more", ""))) {
      assertThatThrownBy(() -> decrypt(tokenKeyArn(), wrapped, context))
          .as("%s", context)
          .isInstanceOf(KmsException.class);
    }
  }

  @Test
  void refusesACiphertextOfAnotherKey() {
    var wrapped = generate(CONTEXT).ciphertextBlob();

    assertThatThrownBy(() -> decrypt(otherTokenKeyArn(), wrapped, CONTEXT))
        .isInstanceOf(KmsException.class);
  }

  @Test
  void refusesADamagedCiphertext() {
    var wrapped = generate(CONTEXT).ciphertextBlob().asByteArray();
    wrapped[wrapped.length - 1] ^= 1;

    assertThatThrownBy(() -> decrypt(tokenKeyArn(), SdkBytes.fromByteArray(wrapped), CONTEXT))
        .isInstanceOf(KmsException.class);
  }

  @Test
  void knowsNothingOfAKeyThatNeverWas() {
    var gone = signingKeyArn().replaceAll("key/.*", "key/00000000-0000-4000-8000-000000000000");

    assertThatThrownBy(() -> kms().getPublicKey(get -> get.keyId(gone)))
        .isInstanceOf(NotFoundException.class);
  }

  private SignResponse sign(byte[] digest) {
    return kms()
        .sign(
            sign ->
                sign.keyId(signingKeyArn())
                    .message(SdkBytes.fromByteArray(digest))
                    .messageType(MessageType.DIGEST)
                    .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256));
  }

  private RSAPublicKey publicKey() throws GeneralSecurityException {
    var encoded = kms().getPublicKey(get -> get.keyId(signingKeyArn())).publicKey();
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded.asByteArray()));
  }

  private boolean verifies(byte[] message, byte[] signature) throws GeneralSecurityException {
    var verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(publicKey());
    verifier.update(message);
    return verifier.verify(signature);
  }

  private GenerateDataKeyResponse generate(Map<String, String> context) {
    return kms()
        .generateDataKey(
            generate -> generate.keyId(tokenKeyArn()).numberOfBytes(32).encryptionContext(context));
  }

  /// With one of the keys above.
  protected final DecryptResponse decrypt(
      String arn, SdkBytes wrapped, Map<String, String> context) {
    return kms()
        .decrypt(decrypt -> decrypt.keyId(arn).ciphertextBlob(wrapped).encryptionContext(context));
  }
}
