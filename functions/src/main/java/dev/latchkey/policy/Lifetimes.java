package dev.latchkey.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// The security floor: how long things last, per client class, in one place.
///
/// @param accessToken life of an access token; bearer tokens of public apps are the shortest, since
///   anyone who has one can use it (RFC 9700 section 4.10)
/// @param retryWindow for how long a refresh token that was just used still gets the same
///   successor, while that successor is unused; [#UNTIL_USED] where the caller proved who it is
/// @param idle a refresh token that is not used for this long ends
/// @param absolute the whole grant ends after this long, or [#NO_END]
public record Lifetimes(
    Duration accessToken, Duration retryWindow, Duration idle, Duration absolute) {

  public static final Duration UNTIL_USED = ChronoUnit.FOREVER.getDuration();
  public static final Duration NO_END = ChronoUnit.FOREVER.getDuration();

  /// RFC 6749 section 4.1.2 allows ten minutes at most; SMART 2.2 expects about one.
  public static final Duration AUTHORIZATION_CODE = Duration.ofSeconds(60);

  /// From the authorization request to the patient's decision.
  public static final Duration TRANSACTION = Duration.ofMinutes(10);

  /// How long evidence of a dead family is kept, so that a replay is still recognised.
  public static final Duration EVIDENCE = Duration.ofDays(30);

  /// The consented duration of a public app's offline access: thirteen months.
  private static final Duration CONSENTED = Duration.ofDays(396);

  /// 9999-12-31, the latest second that every store can keep.
  private static final long END_OF_TIME = 253_402_300_799L;

  /// The row of the table for a client class and the kind of access that was granted.
  public static Lifetimes of(ClientClass clientClass, AccessKind kind) {
    return switch (clientClass) {
      case PUBLIC_BEARER ->
          row(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofDays(30), CONSENTED, kind);
      case CONFIDENTIAL_SECRET ->
          row(Duration.ofMinutes(60), UNTIL_USED, Duration.ofDays(100), NO_END, kind);
    };
  }

  private static Lifetimes row(
      Duration accessToken, Duration window, Duration idle, Duration absolute, AccessKind kind) {
    return switch (kind) {
      case OFFLINE -> new Lifetimes(accessToken, window, idle, absolute);
      case ONLINE ->
          new Lifetimes(
              Duration.ofMinutes(10),
              Duration.ofSeconds(30),
              SessionPolicy.IDLE,
              SessionPolicy.ABSOLUTE);
      case ONCE -> new Lifetimes(accessToken, Duration.ZERO, accessToken, accessToken);
    };
  }

  /// `now + length` in seconds since the epoch, for lengths without end too.
  public static long after(long now, Duration length) {
    return length.compareTo(Duration.ofSeconds(END_OF_TIME - now)) > 0
        ? END_OF_TIME
        : now + length.toSeconds();
  }
}
