package dev.latchkey.resource;

import java.util.Map;
import java.util.Optional;

/// What HealthLake asks about one FHIR request (HealthLake developer guide, "Token validation using
/// AWS Lambda"). It tells neither the URL nor any other header, so no proof of a key can be
/// checked.
///
/// @param endpoint of the data store, with a trailing slash
/// @param token as the app sent it
public record HealthLakeRequest(String endpoint, String token) {

  /// Reads the event. Empty when a member is missing; the third one, `operationName`, is for
  /// HealthLake itself to compare with the scopes.
  static Optional<HealthLakeRequest> read(Map<String, Object> event) {
    return event.get("datastoreEndpoint") instanceof String endpoint
            && event.get("bearerToken") instanceof String token
        ? Optional.of(new HealthLakeRequest(endpoint, token))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "HealthLakeRequest[endpoint=" + endpoint + ", redacted]";
  }
}
