package dev.latchkey.resource;

import dev.latchkey.token.Introspection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What HealthLake is told about one request, and what is logged of it.
public sealed interface HealthLakeAnswer {

  /// The request may go on, as far as these scopes and this role reach.
  record Allowed(Introspection.Active token, HealthLakeScopes scopes, String endpoint, String role)
      implements HealthLakeAnswer {}

  /// The request may not go on. HealthLake tells the app nothing of the reason.
  ///
  /// @param client the app, where the token is one of ours
  record Refused(Reason reason, Optional<String> client) implements HealthLakeAnswer {}

  /// Why. Each has its line in `docs/healthlake.md`.
  enum Reason {
    UNREADABLE,
    OTHER_DATA_STORE,
    NOT_USABLE,
    BOUND_TO_A_KEY,
    NO_SCOPE_LEFT
  }

  /// `{"authPayload": {...}, "iamRoleARN": "..."}` (HealthLake developer guide, "Token validation
  /// using AWS Lambda").
  default Map<String, Object> members() {
    return switch (this) {
      case Refused _ -> Map.of("authPayload", Map.of("isAuthorized", "false"));
      case Allowed allowed -> Map.of("authPayload", payload(allowed), "iamRoleARN", allowed.role());
    };
  }

  /// The log line. None for the ordinary case: every FHIR request would write one.
  default Optional<Map<String, Object>> logged() {
    return switch (this) {
      case Refused(var reason, var client) ->
          Optional.of(new Refusal("healthlake_refused", reason, client).logged());
      case Allowed allowed when allowed.scopes().widened() ->
          Optional.of(
              Map.of("event", "healthlake_widened", "client", allowed.token().client().value()));
      case Allowed _ -> Optional.empty();
    };
  }

  private static Map<String, Object> payload(Allowed allowed) {
    var claims = allowed.token().claims();
    var issuedAt = claims.getIssueTime().toInstant().getEpochSecond();
    var payload = new LinkedHashMap<String, Object>();
    payload.put("iss", claims.getIssuer());
    payload.put("aud", allowed.endpoint());
    payload.put("iat", issuedAt);
    payload.put("nbf", issuedAt);
    payload.put("exp", claims.getExpirationTime().toInstant().getEpochSecond());
    payload.put("isAuthorized", "true");
    payload.put("uid", claims.getSubject());
    payload.put("client_id", allowed.token().client().value());
    payload.put("scope", allowed.scopes().scopes().spelled());
    allowed.token().launch().patientId().ifPresent(patient -> payload.put("patient", patient));
    if (claims.getClaim("fhirUser") != null) {
      payload.put("fhirUser", claims.getClaim("fhirUser"));
    }
    return payload;
  }
}
