package dev.latchkey.conformance.verdict;

/// Why a check says nothing about this server: it does not offer what is checked, or the run has no
/// means to check it. Never reported as passed.
public final class NotApplicable extends Exception {
  private static final long serialVersionUID = 1L;

  public NotApplicable(String reason) {
    super(reason);
  }
}
