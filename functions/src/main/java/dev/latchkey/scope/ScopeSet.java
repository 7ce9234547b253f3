package dev.latchkey.scope;

import dev.latchkey.policy.AccessKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scopes in the order in which the app asked for them, each once.
public record ScopeSet(List<Scope> scopes) {
  public ScopeSet {
    scopes = List.copyOf(new LinkedHashSet<>(scopes));
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

  /// The first word that means to be a scope over data and is none, whatever types are served here.
  public static Optional<String> misspelled(String spaceSeparated) {
    return words(spaceSeparated)
        .filter(word -> Stream.of(ScopeContext.values()).anyMatch(one -> one.isMeantBy(word)))
        .filter(word -> !ResourceScope.isWellFormed(word))
        .findFirst();
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

  /// Whether one scope of this set covers `scope`, or several together do, letter by letter (`r`
  /// and `s` held apart cover `rs`).
  public boolean covers(Scope scope) {
    if (scopes.stream().anyMatch(mine -> mine.covers(scope))) {
      return true;
    }
    return scope instanceof ResourceScope wanted
        && wanted.interactions().stream()
            .allMatch(
                one -> of(wanted.context()).anyMatch(mine -> mine.allows(wanted.type(), one)));
  }

  /// Whether everything in `other` is covered here.
  public boolean coversAll(ScopeSet other) {
    return other.scopes.stream().allMatch(this::covers);
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

  /// Whether some scope of that context allows `interaction` on `resourceType`.
  public boolean allows(ScopeContext context, String resourceType, Interaction interaction) {
    return of(context).anyMatch(scope -> scope.allows(resourceType, interaction));
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
        for (var type : RecordType.values()) {
          expanded.add(resource.forType(type.fhirName()));
        }
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
