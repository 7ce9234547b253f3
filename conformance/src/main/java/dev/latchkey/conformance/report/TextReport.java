package dev.latchkey.conformance.report;

import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.check.Result;
import dev.latchkey.conformance.verdict.Verdict;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line for each check, as it is run: outcome, id, level, what is true of a server that meets
/// it. Below it, what was seen instead or why it was not run. The sums at the end.
public final class TextReport {
  private final PrintStream out;
  private final Levels levels;
  private @Nullable Group group;

  public TextReport(PrintStream out, Levels levels) {
    this.out = out;
    this.levels = levels;
  }

  public void add(Result result) {
    if (!result.group().equals(group)) {
      group = result.group();
      out.printf("%n%s%n", group);
    }
    var id = result.check().id();
    out.printf(
        "%-9s%-8s%s  %s%n",
        switch (result.verdict()) {
          case Verdict.Met() -> "met";
          case Verdict.Failed _ -> "UNMET";
          case Verdict.NotRun _ -> "not run";
        },
        id,
        levels.of(id),
        result.check().sentence());
    switch (result.verdict()) {
      case Verdict.Met() -> {}
      case Verdict.Failed(var seen) -> out.println("                    " + seen);
      case Verdict.NotRun(var reason) -> out.println("                    " + reason);
    }
  }

  public void end(List<Result> results) {
    out.printf("%n%s%n", Sums.of(results));
  }
}
