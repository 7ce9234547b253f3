package dev.latchkey.sandbox.access;

import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.scope.ResourceScope;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts while there is time. What takes longer, or fails, is not known.
///
/// The counting runs beside the page, so a store that hangs holds up no page for longer, and a few
/// threads at most. They are told to stop and never interrupted: an interrupt in the middle of a
/// read closes the file of an H2 database.
final class CountsInTime implements RecordCounts, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CountsInTime.class);
  private static final int MOST_PAGES_AT_ONCE = 8;
  private static final long IDLE_SECONDS = 10;

  /// Counts what one scope covers.
  interface Count {
    int of(String patient, String fhirUser, ResourceScope scope);
  }

  private final Count count;
  private final Duration patience;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MOST_PAGES_AT_ONCE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("record-counts-", 0).factory());

  /// @param patience how long a page may wait
  CountsInTime(Count count, Duration patience) {
    this.count = count;
    this.patience = patience;
  }

  @Override
  public Map<ResourceScope, Integer> count(
      String patient, String fhirUser, Collection<ResourceScope> scopes) {
    var counted = new ConcurrentHashMap<ResourceScope, Integer>();
    var awaited = new AtomicBoolean(true);
    Runnable work =
        () ->
            scopes.stream()
                .takeWhile(_ -> awaited.get())
                .forEach(scope -> counted.put(scope, count.of(patient, fhirUser, scope)));
    try {
      threads.submit(work).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // Not what it says: a failed search can name a patient.
      LOG.warn("Records could not be counted: {}", Objects.requireNonNull(e.getCause()).getClass());
    } catch (RejectedExecutionException | TimeoutException e) {
      // The page goes without the rest.
    } finally {
      awaited.set(false);
    }
    return Map.copyOf(counted);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
