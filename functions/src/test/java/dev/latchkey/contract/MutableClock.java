package dev.latchkey.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that a test moves. It starts at a whole second and stands still.
///
/// It starts years ahead of the real time, since DynamoDB Local goes by the real time when it
/// deletes what is past its `ttl`, now and then and in the middle of a test.
public final class MutableClock implements InstantSource {
  public static final Instant START = Instant.parse("2036-03-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Seconds since the epoch.
  public long seconds() {
    return now.get().getEpochSecond();
  }

  public void advance(Duration length) {
    now.updateAndGet(instant -> instant.plus(length));
  }

  public void set(Instant instant) {
    now.set(instant);
  }
}
