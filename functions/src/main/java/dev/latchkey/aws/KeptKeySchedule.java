package dev.latchkey.aws;

import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningSchedules;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The schedule of the signing keys as one instance knows it: read when it is first asked for and
/// then at most once a minute. When the store does not answer in time nothing is signed or
/// published: a key may have been dropped meanwhile.
final class KeptKeySchedule implements Supplier<KeySchedule> {
  private final SigningSchedules store;
  private final KeySchedule first;
  private final InstantSource clock;
  private volatile @Nullable Dated<KeySchedule> known;

  /// @param first what holds until an operator changes it
  KeptKeySchedule(SigningSchedules store, KeySchedule first, InstantSource clock) {
    this.store = store;
    this.first = first;
    this.clock = clock;
  }

  @Override
  public KeySchedule get() {
    return fresh().orElseGet(this::read);
  }

  /// Synchronized, so that requests that arrive together read once.
  private synchronized KeySchedule read() {
    return fresh()
        .orElseGet(
            () -> {
              var readAt = clock.instant();
              var schedule = store.find().orElse(first);
              known = new Dated<>(schedule, readAt);
              return schedule;
            });
  }

  private Optional<KeySchedule> fresh() {
    return Optional.ofNullable(known)
        .filter(held -> held.isYounger(SigningKeyPolicy.SCHEDULE_AGE, clock))
        .map(Dated::value);
  }
}
