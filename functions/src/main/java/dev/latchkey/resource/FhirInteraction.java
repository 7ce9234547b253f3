package dev.latchkey.resource;

import dev.latchkey.scope.Interaction;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a request does, as far as its method and its path say (FHIR R4, "RESTful API").
///
/// @param type a FHIR resource type
record FhirInteraction(String type, Interaction interaction) {
  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,63}");
  private static final String HISTORY = "_history";
  private static final String SEARCH = "_search";

  /// Empty where they do not say it: a batch, an operation, a search over all types.
  static Optional<FhirInteraction> of(String method, List<String> path) {
    if (path.isEmpty()
        || !isType(path.getFirst())
        || path.stream().anyMatch(one -> isOperation(one))) {
      return Optional.empty();
    }
    var type = path.getFirst();
    return switch (path.size()) {
      case 1 -> ofType(method).map(one -> new FhirInteraction(type, one));
      case 2 -> below(method, path.get(1)).map(one -> new FhirInteraction(type, one));
      case 3, 4 -> ofPart(method, type, path.subList(2, path.size()));
      default -> Optional.empty();
    };
  }

  /// As scopes spell it: `Observation.r`.
  String spelled() {
    return type + "." + interaction.letter();
  }

  private static Optional<Interaction> ofType(String method) {
    return switch (method) {
      case "GET", "HEAD" -> Optional.of(Interaction.SEARCH);
      case "POST" -> Optional.of(Interaction.CREATE);
      default -> ofChange(method);
    };
  }

  private static Optional<Interaction> below(String method, String segment) {
    if (segment.startsWith("_")) {
      var searches = segment.equals(SEARCH) && method.equals("POST");
      return searches || (segment.equals(HISTORY) && reads(method))
          ? Optional.of(Interaction.SEARCH)
          : Optional.empty();
    }
    return reads(method) ? Optional.of(Interaction.READ) : ofChange(method);
  }

  /// A version of a resource, or a search in somebody's compartment.
  ///
  /// @param rest what follows type and id
  private static Optional<FhirInteraction> ofPart(String method, String type, List<String> rest) {
    var first = rest.getFirst();
    if (first.equals(HISTORY)) {
      return Optional.of(new FhirInteraction(type, Interaction.READ)).filter(_ -> reads(method));
    }
    var searches =
        rest.size() == 1 ? reads(method) : rest.getLast().equals(SEARCH) && method.equals("POST");
    return searches && isType(first)
        ? Optional.of(new FhirInteraction(first, Interaction.SEARCH))
        : Optional.empty();
  }

  private static Optional<Interaction> ofChange(String method) {
    return switch (method) {
      case "PUT", "PATCH" -> Optional.of(Interaction.UPDATE);
      case "DELETE" -> Optional.of(Interaction.DELETE);
      default -> Optional.empty();
    };
  }

  private static boolean reads(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static boolean isType(String segment) {
    return TYPE.matcher(segment).matches();
  }

  private static boolean isOperation(String segment) {
    return segment.startsWith("$");
  }
}
