package dev.latchkey.resource;

import dev.latchkey.token.Introspection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What API Gateway is told about one request, and what is logged of it.
public sealed interface GatewayAnswer {

  /// The request may go on. Whose entries it reaches is for the FHIR server to see.
  ///
  /// @param interaction what it does, where method and path say it
  /// @param nonce for the next proof of an app that has to send one
  record Allowed(
      Introspection.Active token, Optional<FhirInteraction> interaction, Optional<String> nonce)
      implements GatewayAnswer {}

  /// The request may not go on. API Gateway answers 403 and says nothing of the reason.
  ///
  /// @param client the app, where the token is one of ours
  record Refused(Reason reason, Optional<String> client) implements GatewayAnswer {}

  /// Why. Each has its line in `docs/resource-servers.md`.
  enum Reason {
    UNREADABLE,
    OTHER_PATH,
    METHOD_OVERRIDE,
    NO_TOKEN,
    NOT_USABLE,
    NO_SCOPE_LEFT,
    INSUFFICIENT_SCOPE,
    NOT_PROVEN
  }

  /// A simple response (API Gateway developer guide, "Lambda authorizers for HTTP APIs").
  default Map<String, Object> members() {
    return switch (this) {
      case Refused _ -> Map.of("isAuthorized", false);
      case Allowed allowed -> Map.of("isAuthorized", true, "context", context(allowed));
    };
  }

  /// The log line, without the path, which may say whose record it was. None for the ordinary case.
  default Optional<Map<String, Object>> logged() {
    return switch (this) {
      case Refused(var reason, var client) ->
          Optional.of(new Refusal("authorizer_refused", reason, client).logged());
      case Allowed _ -> Optional.empty();
    };
  }

  /// Always all of them, empty where there is nothing to say: a gateway that is told to overwrite a
  /// header with a value that is missing could leave the caller's own in its place.
  private static Map<String, Object> context(Allowed allowed) {
    var claims = allowed.token().claims();
    var context = new LinkedHashMap<String, Object>();
    context.put("scope", text(claims.getClaim("scope")));
    context.put("patient", allowed.token().launch().patientId().orElse(""));
    context.put("fhirUser", text(claims.getClaim("fhirUser")));
    context.put("client_id", allowed.token().client().value());
    context.put("sub", text(claims.getSubject()));
    context.put("sid", text(claims.getClaim("sid")));
    context.put("exp", Long.toString(claims.getExpirationTime().toInstant().getEpochSecond()));
    context.put("interaction", allowed.interaction().map(FhirInteraction::spelled).orElse(""));
    context.put("dpop_nonce", allowed.nonce().orElse(""));
    return context;
  }

  private static String text(@Nullable Object claim) {
    return claim == null ? "" : claim.toString();
  }
}
