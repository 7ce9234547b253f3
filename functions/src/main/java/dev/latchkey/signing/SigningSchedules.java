package dev.latchkey.signing;

import java.util.Optional;

/// Where operators keep the one schedule of the signing keys (table `registry`, `S`). There is none
/// until an operator changes it for the first time: the deployment names the first key.
public interface SigningSchedules {
  /// The schedule as it is and not as it was a moment ago.
  Optional<KeySchedule> find();

  /// Keeps another schedule if the one that is kept is still the one that was seen.
  ///
  /// @param seen what [#find] found
  /// @return false when somebody else was faster; nothing changed then
  boolean replace(Optional<KeySchedule> seen, KeySchedule changed);
}
