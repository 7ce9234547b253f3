package dev.latchkey.cli;

import java.util.Map;

/// Where the operator function is.
interface Target extends AutoCloseable {
  /// Sends a command and returns the answer.
  ///
  /// @throws Unreachable saying why there is none
  Map<String, Object> send(Map<String, Object> command);

  @Override
  default void close() {}

  /// There was no answer of the operator function.
  final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }

    Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
