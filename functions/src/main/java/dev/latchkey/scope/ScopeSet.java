package dev.latchkey.scope;

import static java.util.stream.Collectors.toSet;

import dev.latchkey.policy.AccessKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scopes in the order in which the app asked for them, each once.
public record ScopeSet(List<Scope> scopes) {
  public ScopeSet {
    // By the spelling: strings stay quick to look up when an attacker makes their hashes collide.
    var bySpelling = new LinkedHashMap<String, Scope>();
    scopes.forEach(scope -> bySpelling.putIfAbsent(scope.spelled(), scope));
    scopes = List.copyOf(bySpelling.values());
  }

  /// The scopes of a space-separated string that this server knows; the others are left out, which
  /// RFC 6749 section 3.3 allows as long as the answer names what was granted.
  public static ScopeSet parse(String spaceSeparated) {
    return new ScopeSet(words(spaceSeparated).flatMap(word -> Scope.parse(word).stream()).toList());
  }

  /// The words that [#parse] left out.
  public static List<String> unknown(String spaceSeparated) {
    return words(spaceSeparated).filter(word -> Scope.parse(word).isEmpty()).toList();
  }

  /// The words that are meant as scopes over data and are none: misspelled, or with a filter that
  /// is not understood. A type that is not served here is no spelling mistake.
  public static List<String> misspelled(String spaceSeparated) {
    return words(spaceSeparated).filter(ScopeGrammar::isMisspelled).toList();
  }

  private static Stream<String> words(String spaceSeparated) {
    return Stream.of(spaceSeparated.split(" ")).filter(word -> !word.isEmpty());
  }

  public boolean isEmpty() {
    return scopes.isEmpty();
  }

  /// How long access lasts under these scopes (SMART 2.2, "Scopes for requesting a refresh token").
  public AccessKind accessKind() {
    if (contains(NamedScope.OFFLINE_ACCESS)) {
      return AccessKind.OFFLINE;
    }
    return contains(NamedScope.ONLINE_ACCESS) ? AccessKind.ONLINE : AccessKind.ONCE;
  }

  public boolean contains(Scope scope) {
    return scopes.contains(scope);
  }

  /// Whether all that `scope` allows is allowed here, by one scope or by several together, letter
  /// by letter: `r` and `s` held apart cover `rs`. A wildcard, which is also about types to come,
  /// is covered by a wildcard only. `launch` tells everything that was open, so it covers each part
  /// of that.
  public boolean covers(Scope scope) {
    return switch (scope) {
      case NamedScope named -> contains(named);
      case LaunchScope launch -> contains(launch) || contains(NamedScope.LAUNCH);
      case ResourceScope wanted ->
          wanted.interactions().stream().allMatch(one -> covers(wanted, one));
    };
  }

  private boolean covers(ResourceScope wanted, Interaction one) {
    return permission(wanted.context(), wanted.type(), one).covers(wanted.filter());
  }

  /// What of `scope` is covered here: the scope itself, or the same with fewer letters. A filter is
  /// kept as it is.
  public Optional<Scope> coveredPart(Scope scope) {
    if (covers(scope) || !(scope instanceof ResourceScope wanted)) {
      return Optional.of(scope).filter(this::covers);
    }
    var kept = wanted.interactions().stream().filter(one -> covers(wanted, one)).collect(toSet());
    return kept.isEmpty() ? Optional.empty() : Optional.of(wanted.only(kept));
  }

  /// Whether everything in `other` is covered here.
  public boolean coversAll(ScopeSet other) {
    return other.scopes.stream().allMatch(this::covers);
  }

  /// Whether both allow the same, in whatever spelling.
  public boolean meansTheSameAs(ScopeSet other) {
    return coversAll(other) && other.coversAll(this);
  }

  public ScopeSet filter(Predicate<Scope> keep) {
    return new ScopeSet(scopes.stream().filter(keep).toList());
  }

  /// The same with `online_access` in the place of `offline_access`.
  public ScopeSet whileOnline() {
    return new ScopeSet(
        scopes.stream()
            .map(
                scope -> scope.equals(NamedScope.OFFLINE_ACCESS) ? NamedScope.ONLINE_ACCESS : scope)
            .toList());
  }

  /// The same without the scopes that make access last.
  public ScopeSet once() {
    return filter(scope -> !(scope instanceof NamedScope named && named.isLasting()));
  }

  public Stream<ResourceScope> resourceScopes() {
    return scopes.stream().filter(ResourceScope.class::isInstance).map(ResourceScope.class::cast);
  }

  /// What these scopes together say about `interaction` on `resourceType`, for those who enforce
  /// them.
  public Permission permission(ScopeContext context, String resourceType, Interaction interaction) {
    return permission(Set.of(context), resourceType, interaction);
  }

  /// The same of scopes of several contexts, for data that they are all about: they add up.
  public Permission permission(
      Set<ScopeContext> contexts, String resourceType, Interaction interaction) {
    Permission allowed = new Permission.None();
    for (var scope : scopes) {
      if (scope instanceof ResourceScope resource
          && contexts.contains(resource.context())
          && resource.isAbout(resourceType, interaction)) {
        allowed = allowed.or(resource.filter());
      }
    }
    return allowed;
  }

  /// The scopes about data of one context.
  public Stream<ResourceScope> of(ScopeContext context) {
    return resourceScopes().filter(scope -> scope.context() == context);
  }

  /// Each wildcard replaced by one scope per type of a record, so that a patient can choose type by
  /// type (SMART 2.2: a wildcard may be narrowed to explicit types).
  public ScopeSet perType() {
    var expanded = new ArrayList<Scope>();
    for (var scope : scopes) {
      if (scope instanceof ResourceScope resource
          && resource.type().equals(ResourceScope.ANY_TYPE)) {
        RecordType.ofWildcard().forEach(type -> expanded.add(resource.forType(type.fhirName())));
      } else {
        expanded.add(scope);
      }
    }
    return new ScopeSet(expanded);
  }

  /// Space separated, as in the `scope` parameter.
  public String spelled() {
    return scopes.stream().map(Scope::spelled).collect(Collectors.joining(" "));
  }
}
