package dev.latchkey.sandbox.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The routes of the HTTP API. What is not in the template is not served.
final class RouteTable {
  /// What a request meets.
  sealed interface Match {
    /// A route.
    ///
    /// @param pathParameters values of the route's variables; empty when it has none
    record Found(Route route, Map<String, String> pathParameters) implements Match {}

    /// The path is ours, but no route has that method.
    record WrongMethod() implements Match {}

    /// The path is none of ours.
    record Foreign() implements Match {}
  }

  private final List<Route> routes;

  RouteTable(List<Route> routes) {
    this.routes = routes.stream().sorted(Route.MOST_SPECIFIC_FIRST).toList();
  }

  /// The routes of every `HttpApi` event of every function of the template.
  ///
  /// @throws IllegalArgumentException naming what the local gateway cannot read
  static RouteTable of(Template template) {
    var routes = new ArrayList<Route>();
    template
        .resources("AWS::Serverless::Function")
        .forEach(
            (function, properties) ->
                Template.section(properties, "Events")
                    .forEach(
                        (event, declared) -> {
                          if (declared instanceof Map<?, ?> map
                              && "HttpApi".equals(map.get("Type"))) {
                            routes.add(route(function, function + "." + event, map));
                          }
                        }));
    return new RouteTable(routes);
  }

  private static Route route(String function, String where, Map<?, ?> event) {
    var properties = Template.section(event, "Properties");
    var method = Template.text(properties, "Method", where).toUpperCase(Locale.ROOT);
    return new Route(
        method.equals("*") ? Route.ANY : method,
        Template.text(properties, "Path", where),
        function);
  }

  /// @param path decoded, without query
  Match find(String method, String path) {
    Match found = new Match.Foreign();
    for (var route : routes) {
      var values = route.match(path);
      if (values.isEmpty()) {
        continue;
      }
      if (route.accepts(method)) {
        return new Match.Found(route, values.get());
      }
      found = new Match.WrongMethod();
    }
    return found;
  }

  /// Whether pages of other origins may call what is at this path: the template answers preflights
  /// there.
  boolean isOpenToPages(String path) {
    return find("OPTIONS", path) instanceof Match.Found;
  }

  List<Route> routes() {
    return routes;
  }
}
