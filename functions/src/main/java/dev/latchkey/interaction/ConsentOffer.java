package dev.latchkey.interaction;

import static java.util.stream.Collectors.toSet;

import dev.latchkey.scope.LaunchScope;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.ResourceScope.Meaning;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a patient can choose from when an app asks for these scopes.
///
/// @param offered what was asked for, each wildcard as one scope per type, in the app's spelling
/// @param hasWildcard whether some of it was asked for as everything in the record
record ConsentOffer(ScopeSet offered, boolean hasWildcard) {
  /// One kind of data.
  ///
  /// @param whole as asked for
  /// @param parts what can be shared in its place, one per category; empty when it has no
  ///   categories (45 CFR 170.315(g)(10) as of HTI-1 asks for those of Condition and Observation)
  record Kind(ResourceScope whole, List<ResourceScope> parts) {}

  static ConsentOffer of(ScopeSet requested) {
    return new ConsentOffer(
        requested.perType(),
        requested.resourceScopes().anyMatch(scope -> scope.type().equals(ResourceScope.ANY_TYPE)));
  }

  /// One choice per kind of data and what may be done with it. Two spellings of the same thing
  /// (`Observation.read`, `Observation.rs`) are one choice, so that unticking it takes away both. A
  /// part that was asked for beside the whole is one of its parts.
  List<Kind> data() {
    var byMeaning = new LinkedHashMap<Meaning, ResourceScope>();
    offered.resourceScopes().forEach(scope -> byMeaning.putIfAbsent(scope.meaning(), scope));
    byMeaning.values().stream()
        .flatMap(scope -> parts(scope).stream())
        .map(ResourceScope::meaning)
        .toList()
        .forEach(byMeaning::remove);
    return byMeaning.values().stream().map(scope -> new Kind(scope, parts(scope))).toList();
  }

  /// The choices of which it can be said how many entries of the chosen record they cover: what the
  /// app may only add is not there yet, and `user/` is about other records too.
  List<ResourceScope> countable() {
    return data().stream()
        .flatMap(kind -> Stream.concat(Stream.of(kind.whole()), kind.parts().stream()))
        .filter(scope -> scope.context() == ScopeContext.PATIENT && scope.mayFind())
        .toList();
  }

  /// With one category there would be nothing to choose between.
  private static List<ResourceScope> parts(ResourceScope whole) {
    var parts = whole.perCategory();
    return parts.size() > 1 ? parts : List.of();
  }

  /// `offline_access` and `online_access`, as far as asked for.
  List<NamedScope> durations() {
    return named().filter(NamedScope::isLasting).toList();
  }

  /// Whether there is a choice of how long.
  boolean isOfLastingAccess() {
    return durations().contains(NamedScope.OFFLINE_ACCESS);
  }

  /// What comes with any yes and is no choice of its own.
  List<Scope> fixed() {
    return offered.scopes().stream()
        .filter(
            scope ->
                switch (scope) {
                  case ResourceScope _ -> false;
                  case NamedScope named -> !named.isLasting();
                  case LaunchScope _ -> true;
                })
        .toList();
  }

  /// Whether every ticked box is one that was offered.
  boolean includes(List<String> ticked) {
    return choices().map(Scope::spelled).collect(toSet()).containsAll(ticked);
  }

  private Stream<Scope> choices() {
    return Stream.concat(
        offered.scopes().stream(),
        offered.resourceScopes().flatMap(scope -> parts(scope).stream()));
  }

  /// What ticking these boxes grants, in the order in which the app asked. Empty when data was
  /// offered and none of it ticked: there is nothing left to keep access to.
  ScopeSet granted(List<String> ticked) {
    var meanings =
        choices()
            .filter(scope -> ticked.contains(scope.spelled()))
            .flatMap(scope -> scope instanceof ResourceScope data ? Stream.of(data) : Stream.of())
            .map(ResourceScope::meaning)
            .collect(toSet());
    if (meanings.isEmpty() && !data().isEmpty()) {
      return new ScopeSet(List.of());
    }
    var granted = new ArrayList<Scope>();
    for (var scope : offered.scopes()) {
      switch (scope) {
        case ResourceScope data -> granted.addAll(granted(data, meanings));
        case NamedScope named when !named.isLasting() -> granted.add(named);
        case NamedScope named when ticked.contains(named.spelled()) -> granted.add(named);
        case NamedScope _ -> {}
        case LaunchScope launch -> granted.add(launch);
      }
    }
    return new ScopeSet(granted);
  }

  /// The whole if that is ticked, or else its ticked parts.
  private List<ResourceScope> granted(ResourceScope data, Set<Meaning> ticked) {
    if (ticked.contains(data.meaning()) || isPartOfTicked(data, ticked)) {
      return List.of(data);
    }
    return parts(data).stream()
        .filter(part -> ticked.contains(part.meaning()) && !isAskedFor(part))
        .toList();
  }

  /// A part that was asked for by name goes with the whole.
  private boolean isPartOfTicked(ResourceScope data, Set<Meaning> ticked) {
    return offered
        .resourceScopes()
        .filter(whole -> ticked.contains(whole.meaning()))
        .flatMap(whole -> parts(whole).stream())
        .anyMatch(part -> part.meaning().equals(data.meaning()));
  }

  private boolean isAskedFor(ResourceScope part) {
    return offered.resourceScopes().anyMatch(scope -> scope.meaning().equals(part.meaning()));
  }

  private Stream<NamedScope> named() {
    return offered.scopes().stream()
        .filter(NamedScope.class::isInstance)
        .map(NamedScope.class::cast);
  }
}
