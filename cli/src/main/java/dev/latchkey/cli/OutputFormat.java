package dev.latchkey.cli;

/// For whom an answer is printed.
enum OutputFormat {
  /// People.
  TABLE,
  /// Programs: the answer as it came.
  JSON
}
