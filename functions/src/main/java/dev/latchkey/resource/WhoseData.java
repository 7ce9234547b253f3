package dev.latchkey.resource;

import dev.latchkey.scope.ResourceScope;
import dev.latchkey.token.Introspection;

/// Whether a token says whose data its scopes are about.
final class WhoseData {
  private WhoseData() {}

  /// Nobody can tell whose data such a scope is about where the token does not.
  static boolean isNamed(ResourceScope scope, Introspection.Active token) {
    return switch (scope.context()) {
      case PATIENT -> token.launch().patientId().isPresent();
      case USER -> token.claims().getClaim("fhirUser") != null;
      case SYSTEM -> true;
    };
  }
}
