package dev.latchkey.registration;

import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;

/// Which scopes an app gets that may have at most these.
///
/// @param most never more than this
record ScopeCap(ScopeSet most) {
  /// For an app that names no scopes: what is about one patient.
  ScopeSet usual(boolean hasUser) {
    return most.filter(scope -> isOf("system/", scope) != hasUser && !isOf("user/", scope));
  }

  /// What is asked for, as far as it may be had: `patient/*.cruds` becomes `patient/*.rs` where
  /// writing is not allowed. Words that are no scopes here are left out.
  ScopeSet of(ScopeSet asked) {
    return new ScopeSet(
        asked.scopes().stream().flatMap(scope -> most.coveredPart(scope).stream()).toList());
  }

  private static boolean isOf(String context, Scope scope) {
    return scope.spelled().startsWith(context);
  }
}
