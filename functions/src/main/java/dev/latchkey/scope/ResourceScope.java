package dev.latchkey.scope;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A scope over data: `patient/Observation.rs`, `system/*.rs`.
///
/// SMART 1 suffixes mean `.read` = `rs`, `.write` = `cud`, `.*` = `cruds` (SMART 2.2, scopes for
/// requesting FHIR resources). A scope with a search filter (`?category=...`) is not understood
/// here, and is refused rather than widened.
///
/// @param context whose data
/// @param type a FHIR resource type, or `*` for all of them
/// @param interactions never empty
/// @param spelled as the app wrote it
public record ResourceScope(
    ScopeContext context, String type, Set<Interaction> interactions, String spelled)
    implements Scope {

  public static final String ANY_TYPE = "*";

  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(%s)/(\\*|[A-Z][A-Za-z]{1,63})\\.(read|write|\\*|[cruds]{1,5})"
              .formatted(ScopeContext.alternatives()));

  private static final Map<String, Set<Interaction>> VERSION_1 =
      Map.of(
          "read", EnumSet.of(Interaction.READ, Interaction.SEARCH),
          "write", EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE),
          "*", EnumSet.allOf(Interaction.class));

  static Optional<ResourceScope> parse(String text) {
    var match = GRAMMAR.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var type = match.group(2);
    var interactions = interactions(match.group(3));
    if (interactions.isEmpty() || !(type.equals(ANY_TYPE) || RecordType.isServed(type))) {
      return Optional.empty();
    }
    return Optional.of(
        new ResourceScope(ScopeContext.of(match.group(1)), type, interactions, text));
  }

  /// Whether this is the spelling of a scope over data, for a type that is served here or for any
  /// other.
  public static boolean isWellFormed(String text) {
    var match = GRAMMAR.matcher(text);
    return match.matches() && !interactions(match.group(3)).isEmpty();
  }

  private static Set<Interaction> interactions(String suffix) {
    return VERSION_1.getOrDefault(suffix, Interaction.parse(suffix));
  }

  /// Whether this scope lets its holder do `interaction` on `resourceType`.
  public boolean allows(String resourceType, Interaction interaction) {
    return (type.equals(ANY_TYPE) || type.equals(resourceType))
        && interactions.contains(interaction);
  }

  @Override
  public boolean covers(Scope other) {
    return other instanceof ResourceScope resource
        && context == resource.context
        && (type.equals(ANY_TYPE) || type.equals(resource.type))
        && interactions.containsAll(resource.interactions);
  }

  /// The same scope for one type, in the same spelling: `patient/*.read` becomes
  /// `patient/Observation.read`.
  public ResourceScope forType(String resourceType) {
    var suffix = spelled.substring(spelled.lastIndexOf('.'));
    return new ResourceScope(
        context, resourceType, interactions, context + "/" + resourceType + suffix);
  }
}
