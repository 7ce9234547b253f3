package dev.latchkey.sandbox.gateway;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One route of the HTTP API.
///
/// @param method upper case, or `ANY`
/// @param path such as `/interaction/{step}`; `{name}` stands for one part, a last `{name+}` for
///   one or more
/// @param function logical id of the function in the template
record Route(String method, String path, String function) {
  static final String ANY = "ANY";

  /// The most specific route first: "API Gateway selects the route with the most-specific match"
  /// (AWS documentation, working with routes for HTTP APIs).
  static final Comparator<Route> MOST_SPECIFIC_FIRST =
      Comparator.comparing((Route route) -> rank(route.parts())).thenComparing(Route::isAny);

  /// As it stands in events and logs: `GET /interaction/{step}`.
  String key() {
    return method + " " + path;
  }

  boolean accepts(String requestMethod) {
    return isAny() || method.equals(requestMethod);
  }

  /// The values of the path's variables, or empty when `requestPath` is another path.
  Optional<Map<String, String>> match(String requestPath) {
    var values = new LinkedHashMap<String, String>();
    var wanted = parts();
    var given = split(requestPath);
    for (int i = 0; i < wanted.size(); i++) {
      var part = wanted.get(i);
      if (i >= given.size() || (isVariable(part) && given.get(i).isEmpty())) {
        return Optional.empty();
      }
      if (isGreedy(part)) {
        values.put(name(part), String.join("/", given.subList(i, given.size())));
        return Optional.of(values);
      }
      if (isVariable(part)) {
        values.put(name(part), given.get(i));
      } else if (!part.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return given.size() == wanted.size() ? Optional.of(values) : Optional.empty();
  }

  private boolean isAny() {
    return method.equals(ANY);
  }

  private List<String> parts() {
    return split(path);
  }

  private static List<String> split(String path) {
    return Arrays.asList(path.split("/", -1));
  }

  private static boolean isVariable(String part) {
    return part.startsWith("{") && part.endsWith("}");
  }

  private static boolean isGreedy(String part) {
    return isVariable(part) && part.endsWith("+}");
  }

  private static String name(String variable) {
    return variable.substring(1, variable.length() - (isGreedy(variable) ? 2 : 1));
  }

  /// Sorts a literal part before a variable and a variable before a greedy one, part by part.
  private static String rank(List<String> parts) {
    var rank = new StringBuilder();
    parts.forEach(part -> rank.append(isGreedy(part) ? 'c' : isVariable(part) ? 'b' : 'a'));
    return rank.toString();
  }
}
