package dev.latchkey.sandbox.embedded;

import dev.latchkey.secret.Entropy;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/// What [LocalKms] hands out as a ciphertext: key id (16 bytes), nonce (12), AES-256-GCM with the
/// encryption context as additional authenticated data.
final class SealedBlob {
  private static final int KEY_ID = 16;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private SealedBlob() {}

  static byte[] seal(
      SecretKey key, String keyId, byte[] plaintext, Map<String, String> context, Entropy entropy) {
    var nonce = entropy.bytes(NONCE);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plaintext);
      var id = UUID.fromString(keyId);
      return ByteBuffer.allocate(KEY_ID + NONCE + sealed.length)
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits())
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The id of the key that a blob was made with.
  ///
  /// @throws InvalidCiphertextException when it is no blob
  static String keyId(byte[] blob) {
    if (blob.length < KEY_ID + NONCE + TAG_BITS / 8) {
      throw invalid();
    }
    var bytes = ByteBuffer.wrap(blob);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /// The plaintext.
  ///
  /// @throws InvalidCiphertextException when the blob was changed or the context is another one
  static byte[] open(SecretKey key, byte[] blob, Map<String, String> context) {
    var bytes = ByteBuffer.wrap(blob).position(KEY_ID);
    var nonce = new byte[NONCE];
    bytes.get(nonce);
    var sealed = new byte[bytes.remaining()];
    bytes.get(sealed);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw invalid();
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, Map<String, String> context)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(encoded(context));
    return cipher;
  }

  /// Sorted, each part after its length, so that no two contexts look alike.
  private static byte[] encoded(Map<String, String> context) {
    var out = new ByteArrayOutputStream();
    new TreeMap<>(context)
        .forEach(
            (name, value) -> {
              append(out, name);
              append(out, value);
            });
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, String part) {
    var bytes = part.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private static InvalidCiphertextException invalid() {
    return InvalidCiphertextException.builder().message("The ciphertext is invalid").build();
  }
}
