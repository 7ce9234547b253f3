package dev.latchkey.scope;

import static java.util.stream.Collectors.toSet;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A scope over data: `patient/Observation.rs`, with or without a filter
/// (`?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory`).
///
/// @param context whose data
/// @param type a FHIR resource type, or `*` for all of a record, also those to come
/// @param interactions never empty
/// @param filter which resources of the type; only with one type
/// @param spelled as the app wrote it
public record ResourceScope(
    ScopeContext context,
    String type,
    Set<Interaction> interactions,
    RecordFilter filter,
    String spelled)
    implements Scope {

  public static final String ANY_TYPE = "*";

  public ResourceScope {
    interactions = Collections.unmodifiableSet(EnumSet.copyOf(interactions));
  }

  /// What a scope says, whatever the spelling: `Observation.read` and `Observation.rs` mean the
  /// same.
  public record Meaning(
      ScopeContext context, String type, Set<Interaction> interactions, RecordFilter filter) {}

  public Meaning meaning() {
    return new Meaning(context, type, interactions, filter);
  }

  /// Whether this scope says something about `interaction` on `resourceType`: yes for all resources
  /// of the type or, with a filter, for some.
  boolean isAbout(String resourceType, Interaction interaction) {
    return (type.equals(resourceType) || isWildcardFor(resourceType))
        && interactions.contains(interaction);
  }

  /// Whether it lets an app look at what is there.
  public boolean mayFind() {
    return interactions.contains(Interaction.READ) || interactions.contains(Interaction.SEARCH);
  }

  private boolean isWildcardFor(String resourceType) {
    return type.equals(ANY_TYPE)
        && RecordType.of(resourceType).map(RecordType::isOfWildcard).orElse(true);
  }

  /// The same scope for one type, in the same spelling: `patient/*.read` becomes
  /// `patient/Observation.read`.
  public ResourceScope forType(String resourceType) {
    return new ResourceScope(
        context, resourceType, interactions, filter, head(resourceType) + suffix());
  }

  /// The same scope with only these letters. SMART 1 has no word for one of them, so they are
  /// spelled as in SMART 2.
  ResourceScope only(Set<Interaction> fewer) {
    var question = spelled.indexOf('?');
    var query = question < 0 ? "" : spelled.substring(question);
    return new ResourceScope(
        context, type, fewer, filter, head(type) + Interaction.spelled(fewer) + query);
  }

  /// The same for all of its type, with no other letters than these, spelled as in SMART 2: for a
  /// server that knows no filters. Empty when no letter is left.
  public Optional<ResourceScope> wholeType(Set<Interaction> letters) {
    var kept = interactions.stream().filter(letters::contains).collect(toSet());
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ResourceScope(
                context,
                type,
                kept,
                RecordFilter.EVERYTHING,
                head(type) + Interaction.spelled(kept)));
  }

  /// One scope for each category of the type, so that a patient can choose between them; none for a
  /// type without categories and for a scope that is filtered already. SMART 1 has no filters, so
  /// the letters are spelled as in SMART 2.
  public List<ResourceScope> perCategory() {
    return filter.isEverything()
        ? RecordType.of(type).stream()
            .flatMap(one -> RecordCategory.of(one).stream())
            .map(this::forCategory)
            .toList()
        : List.of();
  }

  private ResourceScope forCategory(RecordCategory category) {
    var condition = new FilterCondition(Set.of(category));
    return new ResourceScope(
        context,
        type,
        interactions,
        RecordFilter.EVERYTHING.and(condition),
        head(type) + Interaction.spelled(interactions) + "?" + condition.query());
  }

  private String head(String resourceType) {
    return context.word() + "/" + resourceType + ".";
  }

  private String suffix() {
    return spelled.substring(spelled.indexOf('.') + 1);
  }
}
