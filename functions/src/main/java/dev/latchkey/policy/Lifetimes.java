package dev.latchkey.policy;

import java.time.Duration;

/// How long things last that are the same for every client; the rest is in [GrantPolicy].
public final class Lifetimes {
  /// RFC 6749 section 4.1.2 allows ten minutes at most; SMART 2.2 expects about one.
  public static final Duration AUTHORIZATION_CODE = Duration.ofSeconds(60);

  /// From the authorization request to the patient's decision.
  public static final Duration TRANSACTION = Duration.ofMinutes(10);

  /// From a pushed request to the browser that brings its reference (RFC 9126 section 2.2: 5 to 600
  /// seconds).
  public static final Duration PUSHED_REQUEST = Duration.ofSeconds(90);

  /// From the moment an EHR opens an app to the app's authorization request.
  public static final Duration LAUNCH = Duration.ofMinutes(5);

  /// The longest that SMART 2.2 allows a backend service.
  public static final Duration SERVICE_ACCESS_TOKEN = Duration.ofMinutes(5);

  /// The longest life of a token that was exchanged for a narrower one (RFC 8693).
  public static final Duration EXCHANGED_ACCESS_TOKEN = Duration.ofMinutes(5);

  /// For how long an app may be let in again without a page, counted from the patient's last yes.
  public static final Duration REMEMBERED_CONSENT = Duration.ofDays(180);

  /// How long evidence of a dead family is kept, so that a replay is still recognised.
  public static final Duration EVIDENCE = Duration.ofDays(30);

  /// 9999-12-31, the latest second that every store can keep.
  public static final long END_OF_TIME = 253_402_300_799L;

  private Lifetimes() {}

  /// `now + length` in seconds since the epoch, for lengths without end too.
  public static long after(long now, Duration length) {
    return length.compareTo(Duration.ofSeconds(END_OF_TIME - now)) > 0
        ? END_OF_TIME
        : now + length.toSeconds();
  }
}
