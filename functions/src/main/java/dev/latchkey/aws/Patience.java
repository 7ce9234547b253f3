package dev.latchkey.aws;

import java.time.Duration;

/// How long a call to AWS may take. The SDK sends a call again after an attempt that failed or took
/// too long, three times at most; every write here can be sent again.
///
/// @param attempt one attempt
/// @param call all attempts of one call
record Patience(Duration attempt, Duration call) {
  /// DynamoDB answers in milliseconds: an attempt that takes this long has lost its connection.
  static final Patience SERVICE = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(3));

  /// For an answer that is worth nothing after a second: a lost connection is noticed while there
  /// is time for another attempt.
  static final Patience HURRIED = new Patience(Duration.ofMillis(250), Duration.ofMillis(750));

  /// Another function, which may have to start first.
  static final Patience FUNCTION = new Patience(Duration.ofSeconds(6), Duration.ofSeconds(6));

  /// The function that asks the portal, and where people are looked up the FHIR server too, a few
  /// times and up to three seconds each: so slow altogether, they count as not answering. There is
  /// one attempt: a code works once.
  static final Patience PORTAL = new Patience(Duration.ofSeconds(12), Duration.ofSeconds(12));

  /// An emulator shares its machine with a build and starts its parts on first use.
  static final Patience EMULATOR = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60));
}
