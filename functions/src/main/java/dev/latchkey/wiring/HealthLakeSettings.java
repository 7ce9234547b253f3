package dev.latchkey.wiring;

import dev.latchkey.resource.HealthLakePolicy;
import java.util.Map;
import java.util.Optional;

/// What the function in front of HealthLake reads from its environment besides [Settings].
public final class HealthLakeSettings {
  private HealthLakeSettings() {}

  /// The graph as [Wiring#onAws] makes it, for a function that is waited for less than a second.
  public static Wiring wiring() {
    return AwsWiring.hurriedOfEnvironment();
  }

  /// From the environment of the function.
  public static HealthLakePolicy onAws() {
    return from(System.getenv());
  }

  /// Reads `LATCHKEY_HEALTHLAKE_READING_ROLE`, `LATCHKEY_HEALTHLAKE_WRITING_ROLE` (default: nobody
  /// writes) and `LATCHKEY_HEALTHLAKE_WIDEN_FILTERS` (default: false).
  ///
  /// @throws IllegalStateException naming the variable that is missing
  static HealthLakePolicy from(Map<String, String> environment) {
    return new HealthLakePolicy(
        Settings.required(environment, "LATCHKEY_HEALTHLAKE_READING_ROLE"),
        Optional.ofNullable(environment.get("LATCHKEY_HEALTHLAKE_WRITING_ROLE"))
            .filter(role -> !role.isBlank()),
        Settings.flag(environment, "LATCHKEY_HEALTHLAKE_WIDEN_FILTERS"),
        HealthLakePolicy.LIMIT);
  }
}
