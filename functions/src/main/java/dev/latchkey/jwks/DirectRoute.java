package dev.latchkey.jwks;

import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;

/// Straight to the host: a proxy would resolve the name a second time, out of our sight.
final class DirectRoute {
  static final HttpRoutePlanner PLANNER = new DefaultRoutePlanner(null);

  private DirectRoute() {}
}
