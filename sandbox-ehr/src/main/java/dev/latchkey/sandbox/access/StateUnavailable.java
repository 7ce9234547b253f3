package dev.latchkey.sandbox.access;

/// The keys or the family store could not be reached, so a token can be neither accepted nor
/// refused.
public final class StateUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StateUnavailable(RuntimeException cause) {
    super("The authorization server's state could not be read", cause);
  }
}
