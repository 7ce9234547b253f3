package dev.latchkey.conformance.check;

import dev.latchkey.conformance.verdict.Verdict;

/// A check that was run.
public record Result(Group group, Check check, Verdict verdict) {
  public boolean isFailure() {
    return verdict instanceof Verdict.Failed;
  }
}
