package dev.latchkey.resource;

import dev.latchkey.client.ClientId;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.resource.HealthLakeAnswer.Allowed;
import dev.latchkey.resource.HealthLakeAnswer.Reason;
import dev.latchkey.resource.HealthLakeAnswer.Refused;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.Introspection;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Says whether a FHIR request to HealthLake may go on, and as what.
public record HealthLakeValidation(
    Introspection introspection,
    ServerIdentity identity,
    HealthLakePolicy policy,
    InstantSource clock) {

  /// The checks in their order: what costs no call comes first, and a token is looked up only for
  /// our own data store.
  ///
  /// @param event as HealthLake sends it
  public HealthLakeAnswer answer(Map<String, Object> event) {
    var request = HealthLakeRequest.read(event);
    if (request.isEmpty()) {
      return refused(Reason.UNREADABLE);
    }
    if (!identity.isFhirBase(request.get().endpoint())) {
      return refused(Reason.OTHER_DATA_STORE);
    }
    var token = introspection.of(request.get().token(), clock.instant());
    if (token.isEmpty()) {
      return refused(Reason.NOT_USABLE);
    }
    // RFC 9449 section 7.2: without its proof a bound token is worth nothing, and none arrives
    // here.
    if (AccessTokens.isBound(token.get().claims())) {
      return refused(Reason.BOUND_TO_A_KEY, token.get());
    }
    var scopes = HealthLakeScopes.of(token.get(), policy);
    if (scopes.isAboutNothing()) {
      return refused(Reason.NO_SCOPE_LEFT, token.get());
    }
    return new Allowed(token.get(), scopes, request.get().endpoint(), role(scopes));
  }

  /// The least that the scopes need.
  private String role(HealthLakeScopes scopes) {
    return policy.writingRole().filter(_ -> scopes.mayWrite()).orElse(policy.readingRole());
  }

  private static Refused refused(Reason reason) {
    return new Refused(reason, Optional.empty());
  }

  private static Refused refused(Reason reason, Introspection.Active token) {
    return new Refused(reason, Optional.of(token.client()).map(ClientId::value));
  }
}
