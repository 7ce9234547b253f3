package dev.latchkey.portal.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A resource of the FHIR server, or a part of one, as far as a look-up reads it.
record Resource(Map<?, ?> members) {

  String type() {
    return text("resourceType").orElse("");
  }

  String id() {
    return text("id").orElse("");
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name) instanceof String text ? text : null)
        .filter(text -> !text.isBlank());
  }

  Resource part(String name) {
    return new Resource(members.get(name) instanceof Map<?, ?> part ? part : Map.of());
  }

  /// FHIR R4, `Identifier`. One that is old is nobody's any more.
  boolean hasIdentifier(String system, String value) {
    return parts("identifier")
        .anyMatch(
            identifier ->
                identifier.text("system").filter(system::equals).isPresent()
                    && identifier.text("value").filter(value::equals).isPresent()
                    && identifier.text("use").filter("old"::equals).isEmpty());
  }

  /// Not marked as out of use, and within its period.
  ///
  /// @param today ISO date
  boolean isInUse(String today) {
    return !Boolean.FALSE.equals(members.get("active"))
        && part("period").text("end").filter(end -> isBefore(end, today)).isEmpty()
        && part("period").text("start").filter(start -> isBefore(today, start)).isEmpty();
  }

  /// Dates may be as short as a year (FHIR R4, `dateTime`), and then all of it counts.
  private static boolean isBefore(String one, String other) {
    var length = Math.min(10, Math.min(one.length(), other.length()));
    return one.substring(0, length).compareTo(other.substring(0, length)) < 0;
  }

  /// The name that people go by (FHIR R4, `HumanName`).
  Optional<String> name() {
    return named("official")
        .or(() -> named("usual"))
        .or(() -> parts("name").findFirst())
        .flatMap(name -> name.text("text").or(name::joined));
  }

  private Optional<Resource> named(String use) {
    return parts("name")
        .filter(name -> name.text("use").filter(use::equals).isPresent())
        .findFirst();
  }

  private Optional<String> joined() {
    var words = new ArrayList<String>();
    if (members.get("given") instanceof List<?> given) {
      given.stream().filter(String.class::isInstance).map(String.class::cast).forEach(words::add);
    }
    text("family").ifPresent(words::add);
    return Optional.of(String.join(" ", words)).filter(joined -> !joined.isBlank());
  }

  private Stream<Resource> parts(String name) {
    return list(members.get(name)).stream()
        .filter(Map.class::isInstance)
        .map(part -> new Resource((Map<?, ?>) part));
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @Override
  public String toString() {
    return "Resource[redacted]";
  }
}
