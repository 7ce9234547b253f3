package dev.latchkey.endpoint;

import dev.latchkey.http.Unavailable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How long whoever asked waits for an answer. The limits of the calls to AWS are for one call
/// each, and an answer may need some of them.
record TimeLimit(Duration limit) {

  /// @throws Unavailable when there is no answer by then; the work is interrupted
  <T> T of(Supplier<T> work) {
    var task = new FutureTask<>(work::get);
    var _ = Thread.ofPlatform().daemon().start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Unavailable("An answer within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("An answer", e);
    } finally {
      task.cancel(true);
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException thrown ? thrown : new IllegalStateException(cause);
  }
}
