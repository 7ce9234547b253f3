package dev.latchkey.aws;

import dev.latchkey.family.TokenKey;
import dev.latchkey.family.TokenKeyRing;
import dev.latchkey.family.TokenKeySchedule;
import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.policy.TokenKeyPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/// The token keys, made by KMS, kept wrapped in a store, and unwrapped only in memory.
///
/// The store is read when a key is first asked for and then at most once a minute, and a key is
/// unwrapped when it is first needed: what is made at start goes into every copy of a Lambda
/// snapshot. In between an id that no key has costs nothing, so garbage is free. When the store
/// does not answer in time, nothing is said about any token: a key may have been retired meanwhile.
public final class KmsTokenKeys implements TokenKeyRing {
  private final TokenKeyWrapping wrapping;
  private final WrappedTokenKeys store;
  private final InstantSource clock;
  private final Map<Integer, Dated<TokenKey>> unwrapped = new ConcurrentHashMap<>();
  private volatile @Nullable Dated<TokenKeySchedule> known;

  /// @param wrappingKeyArn the symmetric KMS key
  public KmsTokenKeys(
      KmsClient kms, String wrappingKeyArn, WrappedTokenKeys store, InstantSource clock) {
    this.wrapping = new TokenKeyWrapping(new DataKeys(kms, wrappingKeyArn));
    this.store = store;
    this.clock = clock;
  }

  @Override
  public TokenKey current() {
    return unwrap(known().current(now()).orElseGet(this::makeCurrent));
  }

  @Override
  public Optional<TokenKey> find(int id) {
    return known().find(id).map(this::unwrap);
  }

  @Override
  public synchronized TokenKeySchedule schedule() {
    var readAt = clock.instant();
    return keep(new TokenKeySchedule(store.all()), readAt);
  }

  @Override
  public WrappedTokenKey add(long usableFrom) {
    return addUnless(_ -> Optional.empty(), usableFrom);
  }

  @Override
  public synchronized boolean retire(int id, long at) {
    var found = store.retire(id, at);
    known = null;
    return found;
  }

  private TokenKeySchedule known() {
    return fresh().orElseGet(this::read);
  }

  /// Synchronized, so that requests that arrive together read once.
  private synchronized TokenKeySchedule read() {
    return fresh().orElseGet(this::schedule);
  }

  private Optional<TokenKeySchedule> fresh() {
    return Optional.ofNullable(known)
        .filter(held -> held.isYounger(TokenKeyPolicy.RING_AGE, clock))
        .map(Dated::value);
  }

  /// A ring without a living key is not kept: the next key is used at once, and every instance has
  /// to know it.
  private TokenKeySchedule keep(TokenKeySchedule schedule, Instant readAt) {
    known = schedule.alive().findAny().isEmpty() ? null : new Dated<>(schedule, readAt);
    unwrapped.keySet().removeIf(id -> schedule.find(id).isEmpty());
    return schedule;
  }

  /// The first key of a deployment, or one in place of those that were retired. Whoever comes
  /// second uses the first one's.
  private WrappedTokenKey makeCurrent() {
    var now = now();
    return addUnless(schedule -> schedule.current(now), now);
  }

  private synchronized WrappedTokenKey addUnless(
      Function<TokenKeySchedule, Optional<WrappedTokenKey>> alreadyThere, long usableFrom) {
    while (true) {
      var readAt = clock.instant();
      var schedule = keep(new TokenKeySchedule(store.all()), readAt);
      var found = alreadyThere.apply(schedule);
      if (found.isPresent()) {
        return found.get();
      }
      var id = schedule.nextId();
      var key = WrappedTokenKey.of(id, wrapping.fresh(id), usableFrom);
      if (store.putIfAbsent(key)) {
        keep(schedule.with(key), readAt);
        return key;
      }
    }
  }

  private TokenKey unwrap(WrappedTokenKey key) {
    return held(key.id()).orElseGet(() -> unwrapOnce(key));
  }

  /// Synchronized, so that requests that arrive together unwrap once.
  private synchronized TokenKey unwrapOnce(WrappedTokenKey key) {
    return held(key.id())
        .orElseGet(
            () -> {
              var at = clock.instant();
              var opened = wrapping.unwrap(key);
              unwrapped.put(key.id(), new Dated<>(opened, at));
              return opened;
            });
  }

  private Optional<TokenKey> held(int id) {
    return Optional.ofNullable(unwrapped.get(id))
        .filter(held -> held.isYounger(TokenKeyPolicy.UNWRAPPED_AGE, clock))
        .map(Dated::value);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
