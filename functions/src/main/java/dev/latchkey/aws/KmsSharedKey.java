package dev.latchkey.aws;

import dev.latchkey.policy.TokenKeyPolicy;
import dev.latchkey.secret.SharedKey;
import dev.latchkey.secret.WrappedKeys;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/// A key for one use, made by KMS, kept wrapped in a store, and unwrapped only in memory.
///
/// It is read and unwrapped when it is first needed and then once an hour: what is made at start
/// goes into every copy of a Lambda snapshot.
public final class KmsSharedKey implements SharedKey {
  private final DataKeys dataKeys;
  private final String use;
  private final WrappedKeys store;
  private final InstantSource clock;
  private volatile @Nullable Dated<byte[]> unwrapped;

  /// @param wrappingKeyArn the symmetric KMS key
  /// @param use the member `use` of the encryption context
  public KmsSharedKey(
      KmsClient kms, String wrappingKeyArn, String use, WrappedKeys store, InstantSource clock) {
    this.dataKeys = new DataKeys(kms, wrappingKeyArn);
    this.use = use;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public byte[] get() {
    return find().orElseGet(this::make);
  }

  @Override
  public Optional<byte[]> find() {
    return held().or(this::read);
  }

  private Optional<byte[]> held() {
    return Optional.ofNullable(unwrapped)
        .filter(held -> held.isYounger(TokenKeyPolicy.UNWRAPPED_AGE, clock))
        .map(Dated::value);
  }

  /// Synchronized, so that requests that arrive together unwrap once.
  private synchronized Optional<byte[]> read() {
    return held().or(() -> store.find(use).map(this::unwrap));
  }

  /// Whoever comes second uses the first one's.
  private synchronized byte[] make() {
    return held().orElseGet(() -> unwrap(store.keepFirst(use, dataKeys.fresh(context()))));
  }

  private byte[] unwrap(byte[] wrapped) {
    var readAt = clock.instant();
    var key = dataKeys.unwrap(wrapped, context());
    unwrapped = new Dated<>(key, readAt);
    return key;
  }

  private Map<String, String> context() {
    return Map.of("use", use);
  }
}
