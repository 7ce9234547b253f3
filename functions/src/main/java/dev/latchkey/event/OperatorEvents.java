package dev.latchkey.event;

/// Where operators look. Reporting never fails the request that it is about.
@FunctionalInterface
public interface OperatorEvents {
  void report(OperatorEvent event);
}
