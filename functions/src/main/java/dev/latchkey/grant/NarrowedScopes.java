package dev.latchkey.grant;

import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.scope.LaunchScope;
import dev.latchkey.scope.ScopeSet;
import java.util.Optional;

/// The `scope` parameter of whoever already holds something: less of it, and nothing else.
final class NarrowedScopes {
  private NarrowedScopes() {}

  /// All that is held when nothing is asked for, else what is asked for.
  ///
  /// @param otherwise what to say when more is asked for than is held
  static Outcome<ScopeSet> of(ScopeSet held, Optional<String> asked, String otherwise) {
    if (asked.isEmpty()) {
      return Outcome.success(held);
    }
    var wanted = ScopeSet.parse(asked.get());
    var allKnown = ScopeSet.unknown(asked.get()).isEmpty();
    return allKnown && !wanted.isEmpty() && held.coversAll(wanted) && namesNothingNew(held, wanted)
        ? Outcome.success(wanted)
        : Outcome.refused(OAuthFailure.invalidScope(otherwise));
  }

  /// What an EHR had not open was left out of the grant, and `launch` does not bring it back (RFC
  /// 6749 section 6).
  private static boolean namesNothingNew(ScopeSet held, ScopeSet wanted) {
    return wanted.scopes().stream()
        .allMatch(scope -> !(scope instanceof LaunchScope) || held.contains(scope));
  }
}
