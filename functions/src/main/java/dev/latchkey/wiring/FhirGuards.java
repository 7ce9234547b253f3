package dev.latchkey.wiring;

import dev.latchkey.resource.HealthLakePolicy;
import dev.latchkey.resource.HealthLakeValidation;

/// What stands in front of FHIR servers, on the same stores and keys as the endpoints.
public record FhirGuards(Wiring wiring) {
  /// In front of AWS HealthLake.
  public HealthLakeValidation healthLake(HealthLakePolicy policy) {
    return new HealthLakeValidation(
        wiring.introspection(), wiring.identity(), policy, wiring.clock());
  }
}
