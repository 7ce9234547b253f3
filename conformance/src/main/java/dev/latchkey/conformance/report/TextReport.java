package dev.latchkey.conformance.report;

import dev.latchkey.conformance.check.Result;
import dev.latchkey.conformance.verdict.Verdict;
import java.io.PrintStream;
import java.util.List;

/// One line for each check, as it is run, and the sums at the end.
public record TextReport(PrintStream out) {
  public void add(Result result) {
    var line =
        switch (result.verdict()) {
          case Verdict.Met() -> "ok       ";
          case Verdict.Failed _ -> "FAILED   ";
          case Verdict.Skipped _ -> "skipped  ";
        };
    out.printf("%s%-8s%s%n", line, result.check().id(), result.check().sentence());
    switch (result.verdict()) {
      case Verdict.Met() -> {}
      case Verdict.Failed(var seen) -> out.println("                 " + seen);
      case Verdict.Skipped(var reason) -> out.println("                 " + reason);
    }
  }

  public void end(List<Result> results) {
    var failed = results.stream().filter(Result::isFailure).count();
    var skipped = results.stream().filter(one -> one.verdict() instanceof Verdict.Skipped).count();
    out.printf(
        "%n%d passed, %d failed, %d skipped%n", results.size() - failed - skipped, failed, skipped);
  }
}
