package dev.latchkey.sandbox.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes accesses down without making requests wait for the database.
///
/// One thread writes what has come together. When it cannot keep up and the queue is full, the next
/// request waits: no access goes unrecorded because there are many. What is still waiting when the
/// process ends in good order is written first; a process that is killed loses it.
public final class AccessLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int MOST_WAITING = 1000;
  private static final int MOST_AT_ONCE = 200;

  /// A line in the queue.
  ///
  /// @param access to be written
  /// @param reached to be told when all before it is written
  private record Line(@Nullable Access access, @Nullable CountDownLatch reached) {}

  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Consumer<List<Access>> store;
  private final Thread writer;

  /// @param store writes a batch; called by one thread
  AccessLog(Consumer<List<Access>> store) {
    this.store = store;
    this.writer = Thread.ofPlatform().daemon().name("access-log").start(this::write);
  }

  public void add(Access access) {
    put(new Line(access, null));
  }

  /// Waits until everything that was added before is written.
  void flush() {
    var reached = new CountDownLatch(1);
    put(new Line(null, reached));
    try {
      reached.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Line line) {
    try {
      waiting.put(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.error("An access was not recorded: the thread was stopped");
    }
  }

  private void write() {
    var lines = new ArrayList<Line>();
    try {
      while (true) {
        lines.add(waiting.take());
        waiting.drainTo(lines, MOST_AT_ONCE);
        write(lines.stream().map(Line::access).flatMap(Stream::ofNullable).toList());
        lines.stream()
            .map(Line::reached)
            .filter(Objects::nonNull)
            .forEach(CountDownLatch::countDown);
        lines.clear();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Access> accesses) {
    try {
      if (!accesses.isEmpty()) {
        store.accept(accesses);
      }
    } catch (RuntimeException failure) {
      // Not its message, which may quote a row.
      LOG.error("{} accesses were not recorded: {}", accesses.size(), failure.getClass().getName());
    }
  }

  /// Writes the rest, and only then lets the writer end: whoever waits for it waits for nothing
  /// once it has ended.
  @Override
  public void close() {
    flush();
    writer.interrupt();
  }
}
