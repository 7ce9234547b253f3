package dev.latchkey.registration;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import java.util.ArrayList;

/// What somebody may register.
///
/// @param level how much is known of who stands behind the app
/// @param scopes the most that the app may ever ask for
/// @param backendServices whether it may be an app without a user (`client_credentials`)
public record Allowance(IdentityLevel level, ScopeSet scopes, boolean backendServices) {

  /// What either allows.
  Allowance or(Allowance other) {
    var both = new ArrayList<Scope>(scopes.filter(mine -> !other.scopes.covers(mine)).scopes());
    both.addAll(other.scopes.scopes());
    // Declared from the best known to the least.
    var better = level.compareTo(other.level) <= 0 ? level : other.level;
    return new Allowance(better, new ScopeSet(both), backendServices || other.backendServices);
  }
}
