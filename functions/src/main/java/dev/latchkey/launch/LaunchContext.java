package dev.latchkey.launch;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an app was opened for. Frozen when the patient allows access: every refresh and every
/// introspection repeats it (SMART 2.2, launch context).
///
/// @param patient the bare id of the patient whose record the app may see, if one was chosen
public record LaunchContext(@Nullable String patient) {
  public static LaunchContext none() {
    return new LaunchContext(null);
  }

  /// The members that say so in token and introspection responses (SMART 2.2).
  public Map<String, Object> members() {
    return patient == null ? Map.of() : Map.of("patient", patient);
  }

  public Optional<String> patientId() {
    return Optional.ofNullable(patient);
  }
}
