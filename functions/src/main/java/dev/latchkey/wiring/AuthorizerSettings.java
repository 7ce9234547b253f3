package dev.latchkey.wiring;

import java.util.Map;
import java.util.Optional;

/// What the Lambda authorizer reads from its environment besides [Settings].
public final class AuthorizerSettings {
  private AuthorizerSettings() {}

  /// From the environment of the function.
  public static Optional<String> onAws() {
    return servedAt(System.getenv());
  }

  /// Reads `LATCHKEY_AUTHORIZER_PATH`: where the gateway serves the FHIR API. Empty for the path of
  /// the FHIR base.
  ///
  /// @throws IllegalStateException when it is no path
  static Optional<String> servedAt(Map<String, String> environment) {
    var path = environment.getOrDefault("LATCHKEY_AUTHORIZER_PATH", "");
    if (path.isBlank()) {
      return Optional.empty();
    }
    if (!path.startsWith("/")) {
      throw new IllegalStateException("LATCHKEY_AUTHORIZER_PATH has to begin with a slash");
    }
    return Optional.of(path);
  }
}
