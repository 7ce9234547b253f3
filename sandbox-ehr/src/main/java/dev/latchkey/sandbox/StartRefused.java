package dev.latchkey.sandbox;

/// The sandbox cannot start for a reason that the person who started it can remove.
///
/// The message says what is wrong and what to do, in one line.
public final class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartRefused(String message) {
    super(message);
  }

  public StartRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
