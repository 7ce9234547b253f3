package dev.latchkey.interaction;

import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a patient can choose from when an app asks for these scopes.
///
/// @param offered what was asked for, each wildcard as one scope per type, in the app's spelling
record ConsentOffer(ScopeSet offered) {
  static ConsentOffer of(ScopeSet requested) {
    return new ConsentOffer(requested.perType());
  }

  /// One choice per kind of data and what may be done with it. Two spellings of the same thing
  /// (`Observation.read`, `Observation.rs`) are one choice, so that unticking it takes away both.
  List<ResourceScope> data() {
    var byMeaning = new LinkedHashMap<ResourceScope.Meaning, ResourceScope>();
    offered.resourceScopes().forEach(scope -> byMeaning.putIfAbsent(scope.meaning(), scope));
    return List.copyOf(byMeaning.values());
  }

  /// `offline_access` and `online_access`, as far as asked for.
  List<NamedScope> durations() {
    return named().filter(NamedScope::isLasting).toList();
  }

  /// What comes with any yes and is no choice of its own.
  List<NamedScope> fixed() {
    return named().filter(scope -> !scope.isLasting()).toList();
  }

  /// Whether every ticked box is one that was offered.
  boolean includes(List<String> ticked) {
    return spelled().containsAll(ticked);
  }

  /// What ticking these boxes grants, in the order in which the app asked. Empty when data was
  /// offered and none of it ticked: there is nothing left to keep access to.
  ScopeSet granted(List<String> ticked) {
    var meanings =
        offered
            .resourceScopes()
            .filter(scope -> ticked.contains(scope.spelled()))
            .map(ResourceScope::meaning)
            .collect(Collectors.toSet());
    if (meanings.isEmpty() && !data().isEmpty()) {
      return new ScopeSet(List.of());
    }
    return offered.filter(
        scope ->
            switch (scope) {
              case ResourceScope resource -> meanings.contains(resource.meaning());
              case NamedScope named -> !named.isLasting() || ticked.contains(named.spelled());
            });
  }

  private Stream<NamedScope> named() {
    return offered.scopes().stream()
        .filter(NamedScope.class::isInstance)
        .map(NamedScope.class::cast);
  }

  private Set<String> spelled() {
    return offered.scopes().stream().map(Scope::spelled).collect(Collectors.toSet());
  }
}
