package dev.latchkey.portal.lookup;

import dev.latchkey.http.AddressQuery;
import dev.latchkey.http.Json;
import dev.latchkey.jwks.GuardedCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Searches of the FHIR server (FHIR R4, search). Nothing is believed because it was searched for:
/// servers may pass over parameters that they do not know.
record FhirSearch(String base, GuardedCalls calls, ServiceToken token) {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /// What was found.
  ///
  /// @param isWhole whether there is no further page
  record Found(List<Resource> resources, boolean isWhole) {}

  /// Whether the access token is for a scope.
  boolean isFor(String scope) throws LookupStopped {
    return token.isFor(scope);
  }

  /// Resources of a type.
  Found of(String type, Map<String, String> parameters) throws LookupStopped {
    var address = AddressQuery.add(base + "/" + type, parameters);
    return switch (calls.get(address, "Bearer " + token.value())) {
      case GuardedCalls.Result.Answered answered -> read(answered, type);
      case GuardedCalls.Result.Blocked() ->
          throw LookupStopped.refused("The FHIR server is at an address that is not asked.");
      case GuardedCalls.Result.Failed() -> throw LookupStopped.unreachable();
    };
  }

  private Found read(GuardedCalls.Result.Answered answered, String type) throws LookupStopped {
    var status = answered.status();
    if (status >= SERVER_ERROR || status == TOO_MANY) {
      throw LookupStopped.unreachable();
    }
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      token.forget();
    }
    if (status != OK) {
      throw LookupStopped.refused("The FHIR server refused the look-up: " + status);
    }
    return bundle(answered.body(), type);
  }

  private static Found bundle(String body, String type) throws LookupStopped {
    Map<String, Object> bundle;
    try {
      bundle = Json.readObjectOfStranger(body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw notUnderstood();
    }
    if (!"Bundle".equals(bundle.get("resourceType")) || !"searchset".equals(bundle.get("type"))) {
      throw notUnderstood();
    }
    var found = new ArrayList<Resource>();
    for (var entry : list(bundle.get("entry"))) {
      var resource = new Resource(entry).part("resource");
      if (resource.type().equals(type)) {
        found.add(resource);
      } else if (!resource.type().equals("OperationOutcome")) {
        throw notUnderstood();
      }
    }
    var isWhole =
        list(bundle.get("link")).stream().noneMatch(link -> "next".equals(link.get("relation")));
    return new Found(found, isWhole);
  }

  private static List<Map<?, ?>> list(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).<Map<?, ?>>map(Map.class::cast).toList()
        : List.of();
  }

  private static LookupStopped notUnderstood() {
    return LookupStopped.refused("The FHIR server answered a search with something else.");
  }
}
