package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The resources that a search found, all pages of it, by id.
public record Found(Map<String, Map<String, Object>> byId) {
  private static final int MOST_PAGES = 100;

  /// Searches.
  ///
  /// @param path below the FHIR base, with the search parameters
  public static Found of(Server server, String path, String accessToken)
      throws Unmet, NotApplicable {
    return of(server, server.read(path, accessToken), accessToken);
  }

  /// The same of a search that was answered already.
  ///
  /// @param first the answer with the first page
  public static Found of(Server server, Answer first, String accessToken)
      throws Unmet, NotApplicable {
    var found = new LinkedHashMap<String, Map<String, Object>>();
    var at = first.with(200).json();
    for (int page = 0; page < MOST_PAGES; page++) {
      add(at, found);
      var next = next(at);
      if (next.isEmpty()) {
        return new Found(found);
      }
      var headers =
          Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/fhir+json");
      at = server.http().get(URI.create(next.replace("|", "%7C")), headers).with(200).json();
    }
    throw new Unmet("The search has more than %d pages".formatted(MOST_PAGES));
  }

  private static void add(Map<String, Object> bundle, Map<String, Map<String, Object>> found) {
    for (var entry : list(bundle.get("entry"))) {
      if (entry instanceof Map<?, ?> members
          && members.get("resource") instanceof Map<?, ?> resource
          && !"OperationOutcome".equals(resource.get("resourceType"))) {
        var copy = new LinkedHashMap<String, Object>();
        resource.forEach((name, value) -> copy.put(String.valueOf(name), value));
        found.put(String.valueOf(copy.get("id")), copy);
      }
    }
  }

  private static String next(Map<String, Object> bundle) {
    for (var link : list(bundle.get("link"))) {
      if (link instanceof Map<?, ?> members && "next".equals(members.get("relation"))) {
        return String.valueOf(members.get("url"));
      }
    }
    return "";
  }

  public Set<String> ids() {
    return byId.keySet();
  }

  /// Whether a resource is in one of these categories, each `system|code`.
  public static boolean isIn(Map<String, Object> resource, Set<String> categories) {
    for (var category : list(resource.get("category"))) {
      if (category instanceof Map<?, ?> concept) {
        for (var coding : list(concept.get("coding"))) {
          if (coding instanceof Map<?, ?> code
              && categories.contains(code.get("system") + "|" + code.get("code"))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
