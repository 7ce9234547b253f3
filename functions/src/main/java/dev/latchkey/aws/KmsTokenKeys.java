package dev.latchkey.aws;

import dev.latchkey.family.TokenKey;
import dev.latchkey.family.TokenKeys;
import dev.latchkey.family.WrappedTokenKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/// The token key, made by KMS, kept wrapped in a store, and unwrapped only in memory.
///
/// It is unwrapped when it is first asked for and not before: what is made at start goes into every
/// copy of a Lambda snapshot. Disabling the KMS key works within an hour, since no unwrapped key is
/// used for longer.
///
/// The encryption context ties the wrapped key to its use and its id, so that a key wrapped for
/// something else, or another key of ours under this id, is refused by KMS.
public final class KmsTokenKeys implements TokenKeys {
  /// The id of the one key so far. An id that was never given out costs no read.
  private static final int CURRENT_ID = 1;

  /// 256 bits, which HKDF stretches to the two halves of a token key. KMS would give 64 bytes at
  /// once, but LocalStack 4.14 gives 32 whatever it is asked for.
  private static final int DATA_KEY_BYTES = 32;

  private static final Duration LONGEST_USE = Duration.ofHours(1);

  private final KmsClient kms;
  private final String wrappingKeyArn;
  private final WrappedTokenKeys store;
  private final InstantSource clock;
  private volatile @Nullable Unwrapped unwrapped;

  /// @param wrappingKeyArn the symmetric KMS key
  public KmsTokenKeys(
      KmsClient kms, String wrappingKeyArn, WrappedTokenKeys store, InstantSource clock) {
    this.kms = kms;
    this.wrappingKeyArn = wrappingKeyArn;
    this.store = store;
    this.clock = clock;
  }

  private record Unwrapped(TokenKey key, Instant usableUntil) {}

  @Override
  public TokenKey current() {
    return cached().orElseGet(() -> load(true).orElseThrow());
  }

  @Override
  public Optional<TokenKey> find(int id) {
    return id == CURRENT_ID ? cached().or(() -> load(false)) : Optional.empty();
  }

  private Optional<TokenKey> cached() {
    var now = clock.instant();
    return Optional.ofNullable(unwrapped)
        .filter(held -> now.isBefore(held.usableUntil()))
        .map(Unwrapped::key);
  }

  /// Synchronized, so that requests that arrive together unwrap once.
  private synchronized Optional<TokenKey> load(boolean createIfAbsent) {
    var held = cached();
    if (held.isPresent()) {
      return held;
    }
    var wrapped = store.find(CURRENT_ID);
    if (wrapped.isEmpty() && !createIfAbsent) {
      return Optional.empty();
    }
    var key = TokenKey.of(CURRENT_ID, stretched(unwrap(wrapped.orElseGet(this::create))));
    unwrapped = new Unwrapped(key, clock.instant().plus(LONGEST_USE));
    return Optional.of(key);
  }

  /// Makes and keeps the key. Whoever comes second uses the first one's.
  private byte[] create() {
    var made =
        KmsCalls.available(
            () ->
                kms.generateDataKey(
                    generate ->
                        generate
                            .keyId(wrappingKeyArn)
                            .numberOfBytes(DATA_KEY_BYTES)
                            .encryptionContext(context())));
    var wrapped = made.ciphertextBlob().asByteArray();
    return store.putIfAbsent(CURRENT_ID, wrapped) ? wrapped : store.find(CURRENT_ID).orElseThrow();
  }

  private byte[] unwrap(byte[] wrapped) {
    return KmsCalls.available(
            () ->
                kms.decrypt(
                    decrypt ->
                        decrypt
                            .keyId(wrappingKeyArn)
                            .ciphertextBlob(SdkBytes.fromByteArray(wrapped))
                            .encryptionContext(context())))
        .plaintext()
        .asByteArray();
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

  private static Map<String, String> context() {
    return Map.of("use", "rt", "kid", Integer.toString(CURRENT_ID));
  }
}
