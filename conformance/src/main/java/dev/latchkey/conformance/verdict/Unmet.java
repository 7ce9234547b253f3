package dev.latchkey.conformance.verdict;

/// A requirement that the server does not meet, with what was seen instead.
public final class Unmet extends Exception {
  private static final long serialVersionUID = 1L;

  public Unmet(String seen) {
    super(seen);
  }

  /// Passes when `holds`.
  ///
  /// @param seen what to say when it does not, a sentence about the server
  public static void unless(boolean holds, String seen) throws Unmet {
    if (!holds) {
      throw new Unmet(seen);
    }
  }
}
