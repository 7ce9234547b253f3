package dev.latchkey.scope;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a scope over data: `(patient|user|system)/(Type|*).suffix?filter`.
///
/// SMART 1 suffixes mean `.read` = `rs`, `.write` = `cud`, `.*` = `cruds` (SMART 2.2, "Scopes for
/// requesting FHIR Resources"). Filters came with SMART 2, so they need letters and one type.
final class ScopeGrammar {
  /// Every repetition has an end, so a text of any length is told apart in its first characters.
  private static final Pattern HEAD =
      Pattern.compile(
          "(patient|user|system)/(\\*|[A-Z][A-Za-z]{1,63})\\.(read|write|\\*|[cruds]{1,5})");

  private static final Map<String, Set<Interaction>> VERSION_1 =
      Map.of(
          "read", EnumSet.of(Interaction.READ, Interaction.SEARCH),
          "write", EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE),
          "*", EnumSet.allOf(Interaction.class));

  private record Head(String context, String type, String suffix) {
    Set<Interaction> interactions() {
      return VERSION_1.getOrDefault(suffix, Interaction.parse(suffix));
    }

    boolean isServed() {
      return type.equals(ResourceScope.ANY_TYPE)
          || RecordType.isServed(type)
          || (context.equals(ScopeContext.SYSTEM.word()) && ServiceType.isServed(type));
    }

    boolean mayBeFiltered() {
      return !VERSION_1.containsKey(suffix);
    }
  }

  private ScopeGrammar() {}

  /// Empty for what is misspelled, and for a type that is not served here.
  static Optional<ResourceScope> parse(String text) {
    var question = text.indexOf('?');
    var head = head(question < 0 ? text : text.substring(0, question)).filter(Head::isServed);
    return question < 0
        ? head.map(read -> scope(read, RecordFilter.EVERYTHING, text))
        : head.filter(Head::mayBeFiltered)
            .flatMap(read -> filtered(read, text.substring(question + 1), text));
  }

  /// Whether this is meant as a scope over data and is not spelled like one, or has a filter that
  /// is not understood.
  static boolean isMisspelled(String text) {
    var isOverData =
        Arrays.stream(ScopeContext.values())
            .anyMatch(context -> text.startsWith(context.word() + "/"));
    return isOverData && head(text).isEmpty() && parse(text).isEmpty();
  }

  private static Optional<Head> head(String text) {
    var match = HEAD.matcher(text);
    return match.matches()
        ? Optional.of(new Head(match.group(1), match.group(2), match.group(3)))
            .filter(head -> !head.interactions().isEmpty())
        : Optional.empty();
  }

  private static Optional<ResourceScope> filtered(Head head, String query, String text) {
    return RecordType.of(head.type())
        .flatMap(type -> FilterGrammar.parse(type, query))
        .map(filter -> scope(head, filter, text));
  }

  private static ResourceScope scope(Head head, RecordFilter filter, String text) {
    return new ResourceScope(
        ScopeContext.of(head.context()).orElseThrow(),
        head.type(),
        head.interactions(),
        filter,
        text);
  }
}
