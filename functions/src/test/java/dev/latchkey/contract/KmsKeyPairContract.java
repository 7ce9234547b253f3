package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeyPairSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.KmsException;

/// What window keys need of KMS more: pairs on P-256 whose private half comes wrapped. The sandbox
/// has no window keys, so its KMS keeps [KmsContract] alone.
public abstract class KmsKeyPairContract extends KmsContract {
  private static final Map<String, String> CONTEXT = Map.of("use", "window", "day", "2036-03-03");
  private static final byte[] MESSAGE = "header.claims".getBytes(StandardCharsets.UTF_8);

  @Test
  void makesTwoHalvesThatBelongTogether() throws GeneralSecurityException {
    var pair = generatePair();

    var signature = signature(unwrapped(pair));

    assertThat(verifies(pair, signature)).isTrue();
    assertThat(verifies(generatePair(), signature)).isFalse();
  }

  @Test
  void makesPairsOnP256() throws GeneralSecurityException {
    var curve = publicKey(generatePair()).getParams();

    // The object identifier of secp256r1 (RFC 5480 section 2.1.1.1): other curves are as long.
    assertThat(curve.toString()).contains("1.2.840.10045.3.1.7");
  }

  @Test
  void makesAnotherPairEachTime() {
    var one = generatePair();
    var other = generatePair();

    assertThat(one.publicKey()).isNotEqualTo(other.publicKey());
    assertThat(one.privateKeyCiphertextBlob()).isNotEqualTo(other.privateKeyCiphertextBlob());
  }

  @Test
  void namesTheWrappingKeyOfAPairByItsArn() {
    var pair = generatePair();

    assertThat(pair.keyId()).isEqualTo(tokenKeyArn());
    assertThat(decrypt(tokenKeyArn(), pair.privateKeyCiphertextBlob(), CONTEXT).keyId())
        .isEqualTo(tokenKeyArn());
  }

  @Test
  void unwrapsAPrivateHalfInItsOwnContextOnly() {
    var wrapped = generatePair().privateKeyCiphertextBlob();

    for (var context :
        List.of(
            Map.<String, String>of(),
            Map.of("use", "window"),
            Map.of("use", "window", "day", "2036-03-04"),
            Map.of("use", "rt", "day", "2036-03-03"),
            Map.of("use", "window", "day", "2036-03-03", "more", ""))) {
      assertThatThrownBy(() -> decrypt(tokenKeyArn(), wrapped, context))
          .as("%s", context)
          .isInstanceOf(KmsException.class);
    }
  }

  @Test
  void unwrapsAPrivateHalfWithItsOwnKeyOnly() {
    var wrapped = generatePair().privateKeyCiphertextBlob();

    assertThatThrownBy(() -> decrypt(otherTokenKeyArn(), wrapped, CONTEXT))
        .isInstanceOf(KmsException.class);
  }

  @Test
  void refusesADamagedPrivateHalf() {
    var wrapped = generatePair().privateKeyCiphertextBlob().asByteArray();
    wrapped[wrapped.length - 1] ^= 1;

    assertThatThrownBy(() -> decrypt(tokenKeyArn(), SdkBytes.fromByteArray(wrapped), CONTEXT))
        .isInstanceOf(KmsException.class);
  }

  private GenerateDataKeyPairWithoutPlaintextResponse generatePair() {
    return kms()
        .generateDataKeyPairWithoutPlaintext(
            generate ->
                generate
                    .keyId(tokenKeyArn())
                    .keyPairSpec(DataKeyPairSpec.ECC_NIST_P256)
                    .encryptionContext(CONTEXT));
  }

  private byte[] unwrapped(GenerateDataKeyPairWithoutPlaintextResponse pair) {
    return decrypt(tokenKeyArn(), pair.privateKeyCiphertextBlob(), CONTEXT)
        .plaintext()
        .asByteArray();
  }

  private static byte[] signature(byte[] privateKey) throws GeneralSecurityException {
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
    signer.update(MESSAGE);
    return signer.sign();
  }

  private static boolean verifies(
      GenerateDataKeyPairWithoutPlaintextResponse pair, byte[] signature)
      throws GeneralSecurityException {
    var verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(publicKey(pair));
    verifier.update(MESSAGE);
    return verifier.verify(signature);
  }

  private static ECPublicKey publicKey(GenerateDataKeyPairWithoutPlaintextResponse pair)
      throws GeneralSecurityException {
    return (ECPublicKey)
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(pair.publicKey().asByteArray()));
  }
}
