package dev.latchkey.resource;

import dev.latchkey.policy.ServerIdentity;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a gateway serves the FHIR API. What is below that path is the same below the FHIR base.
///
/// @param fhirBase without a trailing slash
/// @param servedAt path without a trailing slash; empty for the root of the gateway
public record FhirPaths(String fhirBase, String servedAt) {
  /// One spelling for each path: nothing that a server behind could read in another way (`..`, an
  /// encoded slash, a path parameter).
  private static final Pattern PLAIN = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._$*~@:+-]+");

  /// Something below the FHIR base.
  ///
  /// @param url as the app knows it, without query: from configuration, never from a Host header
  /// @param segments of its path below the base; an operation begins with `$`
  record Place(String url, List<String> segments) {}

  public FhirPaths {
    servedAt = withoutSlash(servedAt);
  }

  /// Those of a gateway in front of this server's FHIR base.
  ///
  /// @param servedAt path of the gateway; empty where it is the path of the FHIR base
  public static FhirPaths of(ServerIdentity identity, Optional<String> servedAt) {
    var path = Optional.ofNullable(URI.create(identity.fhirBase()).getPath()).orElse("");
    return new FhirPaths(identity.fhirBase(), servedAt.orElse(path));
  }

  /// What a path of the gateway means. Empty for what is elsewhere, or is not plain.
  Optional<Place> place(String path) {
    if (!path.equals(servedAt) && !path.startsWith(servedAt + "/")) {
      return Optional.empty();
    }
    var below = path.substring(servedAt.length());
    var segments = segments(withoutSlash(below).replace("%24", "$"));
    return segments.stream().allMatch(segment -> PLAIN.matcher(segment).matches())
        ? Optional.of(new Place(fhirBase + below, segments))
        : Optional.empty();
  }

  private static List<String> segments(String path) {
    return path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
