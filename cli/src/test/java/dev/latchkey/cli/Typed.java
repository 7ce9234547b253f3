package dev.latchkey.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/// What came of one command line.
record Typed(int exitCode, String out, String err) {
  static Typed in(Map<String, String> environment, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        Latchkey.run(
            List.of(arguments), environment, new PrintWriter(out), new PrintWriter(err, true));
    return new Typed(exitCode, out.toString(), err.toString());
  }
}
