package dev.latchkey.conformance.verdict;

/// What came of a check.
public sealed interface Verdict {
  record Met() implements Verdict {}

  /// The server does something else.
  ///
  /// @param seen what was seen instead
  record Failed(String seen) implements Verdict {}

  /// Nothing was learned of the server.
  record NotRun(String reason) implements Verdict {}
}
