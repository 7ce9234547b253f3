package dev.latchkey.conformance.report;

import dev.latchkey.conformance.check.Result;
import dev.latchkey.conformance.verdict.Verdict;
import java.util.List;

/// How many checks came out how.
record Sums(long met, long unmet, long notRun) {
  static Sums of(List<Result> results) {
    var unmet = results.stream().filter(Result::isFailure).count();
    var notRun = results.stream().filter(one -> one.verdict() instanceof Verdict.NotRun).count();
    return new Sums(results.size() - unmet - notRun, unmet, notRun);
  }

  @Override
  public String toString() {
    return "%d met, %d unmet, %d not run".formatted(met, unmet, notRun);
  }
}
