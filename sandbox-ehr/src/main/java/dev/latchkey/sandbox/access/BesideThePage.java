package dev.latchkey.sandbox.access;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads of the record that a page of the authorization server can do without.
///
/// They run beside the page, so a store that hangs holds up no page for longer, and a few threads
/// at most. They are never interrupted: an interrupt in the middle of a read closes the file of an
/// H2 database.
final class BesideThePage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BesideThePage.class);
  private static final int MOST_PAGES_AT_ONCE = 8;
  private static final long IDLE_SECONDS = 10;

  private final Duration patience;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MOST_PAGES_AT_ONCE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("record-reads-", 0).factory());

  /// @param patience how long a page may wait
  BesideThePage(Duration patience) {
    this.patience = patience;
  }

  /// Returns when the work is done or has failed, or when the page should wait no longer.
  void run(Runnable work) {
    try {
      threads.submit(work).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // Not what it says: a failed search can name a patient.
      LOG.warn("A page goes without records: {}", Objects.requireNonNull(e.getCause()).getClass());
    } catch (RejectedExecutionException | TimeoutException e) {
      // The page goes without the rest.
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
