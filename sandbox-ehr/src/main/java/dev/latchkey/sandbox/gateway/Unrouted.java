package dev.latchkey.sandbox.gateway;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/// Takes the paths below which the gateway has routes. Tomcat asks filters only about requests for
/// which there is some servlet; what reaches this one is no route.
final class Unrouted extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Refusal.notFound().send(response, true);
  }

  /// Servlet mappings that hold every route: its path, up to its first variable.
  static List<String> mappings(RouteTable routes) {
    return routes.routes().stream().map(route -> mapping(route.path())).distinct().toList();
  }

  private static String mapping(String path) {
    var variable = path.indexOf('{');
    return variable < 0 ? path : path.substring(0, variable) + "*";
  }
}
