package dev.latchkey.http;

/// A store or the key service could not do its part just now: throttled, timed out or unreachable.
///
/// Endpoints answer 503 with `Retry-After` and never a protocol error: nothing is wrong with the
/// request, and every write of this server may be sent again.
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param part what could not be used, in words for operators
  public Unavailable(String part) {
    super(part + " is not available");
  }

  /// @param part what could not be reached, in words for operators, such as `DynamoDB`
  public Unavailable(String part, Throwable cause) {
    super(part + " is not available", cause);
  }
}
