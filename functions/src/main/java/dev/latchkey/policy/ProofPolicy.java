package dev.latchkey.policy;

import java.time.Duration;

/// How long a proof of possession is good for (RFC 9449 section 11.1).
public final class ProofPolicy {
  /// How far the time of a proof may lie from ours, before or after.
  public static final Duration WINDOW = Duration.ofSeconds(60);

  /// A nonce is made anew this often, and works in the period after its own too: for two to four
  /// minutes.
  public static final Duration NONCE_PERIOD = Duration.ofMinutes(2);

  private ProofPolicy() {}
}
