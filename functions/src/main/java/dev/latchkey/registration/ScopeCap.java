package dev.latchkey.registration;

import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which scopes an app gets that may have at most these.
///
/// @param most never more than this
record ScopeCap(ScopeSet most) {
  /// For an app that names no scopes: what is about one patient.
  ScopeSet usual(boolean hasUser) {
    return most.filter(scope -> isOfSystem(scope) != hasUser);
  }

  /// What is asked for, as far as it may be had: `patient/*.cruds` becomes `patient/*.rs` where
  /// writing is not allowed. Words that are no scopes here are left out.
  ScopeSet of(ScopeSet asked) {
    return new ScopeSet(
        asked.scopes().stream().flatMap(scope -> narrowed(scope).stream()).toList());
  }

  private Optional<Scope> narrowed(Scope scope) {
    if (most.covers(scope)) {
      return Optional.of(scope);
    }
    return scope instanceof ResourceScope resource ? narrowed(resource) : Optional.empty();
  }

  private Optional<Scope> narrowed(ResourceScope scope) {
    var kept = EnumSet.noneOf(Interaction.class);
    for (var one : scope.interactions()) {
      if (most.covers(
          new ResourceScope(scope.context(), scope.type(), EnumSet.of(one), scope.spelled()))) {
        kept.add(one);
      }
    }
    var letters =
        kept.stream().map(one -> String.valueOf(one.letter())).collect(Collectors.joining());
    return Scope.parse(scope.context() + "/" + scope.type() + "." + letters);
  }

  private static boolean isOfSystem(Scope scope) {
    return scope.spelled().startsWith("system/");
  }
}
