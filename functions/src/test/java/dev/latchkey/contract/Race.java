package dev.latchkey.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Many callers at once.
public final class Race {
  public static final int CALLERS = 50;

  private Race() {}

  /// Starts [#CALLERS] calls together and returns what each came to.
  ///
  /// @param act what caller number `i` does
  public static <T> List<T> of(IntFunction<T> act) throws Exception {
    var start = new CyclicBarrier(CALLERS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < CALLERS; i++) {
        var caller = i;
        Callable<T> call =
            () -> {
              start.await();
              return act.apply(caller);
            };
        running.add(threads.submit(call));
      }
      var results = new ArrayList<T>();
      for (var one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
