package dev.latchkey.signing;

/// The signing keys of a server: what is kept of them, and who signs.
///
/// @param first the schedule until an operator changes it
public record SigningKeys(SigningSchedules kept, KeySchedule first, TokenSigner signer) {
  /// The schedule as it is and not as it was a moment ago.
  public KeySchedule schedule() {
    return kept.find().orElse(first);
  }
}
