package dev.latchkey.sandbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.contract.KmsContract;
import dev.latchkey.secret.Entropy;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// The KMS with keys in the database.
class LocalKmsTest extends KmsContract {
  private static final Map<String, String> CONTEXT = Map.of("use", "rt");

  @TempDir private Path folder;
  private Database database;
  private LocalKeys keys;
  private LocalKms kms;

  @BeforeEach
  void open() throws SQLException {
    database = Database.open(DatabaseAddress.h2("jdbc:h2:file:" + folder.resolve("latchkey")));
    keys = new LocalKeys(database, Entropy.secure());
    kms = new LocalKms(keys, Entropy.secure());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected KmsClient kms() {
    return kms;
  }

  @Override
  protected String signingKeyArn() {
    return keys.signing("SigningKey");
  }

  @Override
  protected String tokenKeyArn() {
    return keys.wrapping("TokenKey");
  }

  @Override
  protected String otherTokenKeyArn() {
    return keys.wrapping("AnotherKey");
  }

  @Test
  void keysOutliveARestart() throws Exception {
    var signing = signingKeyArn();
    var published = kms.getPublicKey(get -> get.keyId(signing)).publicKey();
    var token = tokenKeyArn();
    var made =
        kms.generateDataKey(make -> make.keyId(token).numberOfBytes(64).encryptionContext(CONTEXT));

    close();
    open();

    assertThat(signingKeyArn()).isEqualTo(signing);
    assertThat(kms.getPublicKey(get -> get.keyId(signing)).publicKey()).isEqualTo(published);
    assertThat(tokenKeyArn()).isEqualTo(token);
    assertThat(
            kms.decrypt(
                    sent -> sent.ciphertextBlob(made.ciphertextBlob()).encryptionContext(CONTEXT))
                .plaintext())
        .isEqualTo(made.plaintext());
  }

  @Test
  void aMessageAndItsDigestGetTheSameSignature() throws Exception {
    var message = SdkBytes.fromUtf8String("header.claims");
    var digest = MessageDigest.getInstance("SHA-256").digest(message.asByteArray());
    assertThat(sign(message, MessageType.RAW))
        .isEqualTo(sign(SdkBytes.fromByteArray(digest), MessageType.DIGEST));
  }

  @Test
  void refusesADigestOfAnotherLength() {
    assertThatThrownBy(() -> sign(SdkBytes.fromUtf8String("short"), MessageType.DIGEST))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("invalid length");
  }

  @Test
  void refusesAKeyForWhatItIsNotMadeFor() {
    var message = SdkBytes.fromUtf8String("header.claims");
    assertThatThrownBy(
            () ->
                kms.sign(
                    sign ->
                        sign.keyId(tokenKeyArn())
                            .message(message)
                            .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256)))
        .isInstanceOf(InvalidKeyUsageException.class);
    assertThatThrownBy(
            () ->
                kms.sign(
                    sign ->
                        sign.keyId(signingKeyArn())
                            .message(message)
                            .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PSS_SHA_256)))
        .isInstanceOf(InvalidKeyUsageException.class);
    assertThatThrownBy(
            () -> kms.generateDataKey(make -> make.keyId(signingKeyArn()).numberOfBytes(32)))
        .isInstanceOf(InvalidKeyUsageException.class);
  }

  @Test
  void namesWhatIsWrongWithACiphertext() {
    var made =
        kms.generateDataKey(
            make -> make.keyId(tokenKeyArn()).numberOfBytes(32).encryptionContext(CONTEXT));
    assertThatThrownBy(
            () ->
                kms.decrypt(
                    sent ->
                        sent.keyId(otherTokenKeyArn())
                            .ciphertextBlob(made.ciphertextBlob())
                            .encryptionContext(CONTEXT)))
        .isInstanceOf(IncorrectKeyException.class);
    assertThatThrownBy(() -> kms.decrypt(sent -> sent.ciphertextBlob(made.ciphertextBlob())))
        .isInstanceOf(InvalidCiphertextException.class);
    assertThatThrownBy(
            () -> kms.decrypt(sent -> sent.ciphertextBlob(SdkBytes.fromUtf8String("too short"))))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  private SdkBytes sign(SdkBytes message, MessageType type) {
    return kms.sign(
            sign ->
                sign.keyId(signingKeyArn())
                    .message(message)
                    .messageType(type)
                    .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256))
        .signature();
  }
}
