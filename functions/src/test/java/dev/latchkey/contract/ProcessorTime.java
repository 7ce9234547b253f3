package dev.latchkey.contract;

import java.lang.management.ManagementFactory;

/// How long this thread keeps a processor busy. Other tests run beside it and slow the clock on the
/// wall, but not this one.
public final class ProcessorTime {
  private ProcessorTime() {}

  /// Nanoseconds of one thread.
  public static long of(Runnable work) {
    var threads = ManagementFactory.getThreadMXBean();
    var start = threads.getCurrentThreadCpuTime();
    work.run();
    return threads.getCurrentThreadCpuTime() - start;
  }
}
