package dev.latchkey.limit;

import java.time.Duration;
import java.time.Instant;

/// At most so many requests in each window. Windows are fixed and begin at multiples of their
/// length since the epoch, so a caller may reach twice the limit across the edge of two.
///
/// @param requests at least one
/// @param window whole seconds, at least one
public record RequestLimit(long requests, Duration window) {
  /// @throws IllegalArgumentException when it would let nothing through
  public RequestLimit {
    if (requests < 1 || window.toSeconds() < 1) {
      throw new IllegalArgumentException("A limit lets at least one request through");
    }
  }

  public static RequestLimit perHour(long requests) {
    return new RequestLimit(requests, Duration.ofHours(1));
  }

  /// When the window of `now` ends and the next one begins, in seconds since the epoch.
  public long windowEnd(Instant now) {
    return (now.getEpochSecond() / window.toSeconds() + 1) * window.toSeconds();
  }
}
