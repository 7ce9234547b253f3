package dev.latchkey.resource;

import dev.latchkey.scope.Interaction;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.Introspection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;

/// The scopes of a token as HealthLake understands them: `patient/Observation.rs` and
/// `launch/patient`, in the spelling of SMART 2, never more than was granted unless
/// [HealthLakePolicy#widensFilters] says so.
///
/// A wildcard is spelled out type by type. Ours leaves out who has read the record (AuditEvent),
/// and that of HealthLake would not.
///
/// @param scopes what HealthLake is told; about no data when nothing was left
/// @param widened whether a filter was dropped, so that more is open than the user allowed
record HealthLakeScopes(ScopeSet scopes, boolean widened) {
  private static final Set<Interaction> READING = EnumSet.of(Interaction.READ, Interaction.SEARCH);

  static HealthLakeScopes of(Introspection.Active token, HealthLakePolicy policy) {
    var letters = policy.writingRole().isPresent() ? EnumSet.allOf(Interaction.class) : READING;
    var kept = new ArrayList<Scope>();
    var widened = false;
    for (var scope :
        ScopeSet.parse(String.valueOf(token.claims().getClaim("scope"))).perType().scopes()) {
      if (scope.equals(NamedScope.LAUNCH_PATIENT)) {
        kept.add(scope);
      } else if (scope instanceof ResourceScope resource && WhoseData.isNamed(resource, token)) {
        var isWhole = resource.filter().isEverything();
        if (isWhole || policy.widensFilters()) {
          var whole = resource.wholeType(letters);
          whole.ifPresent(kept::add);
          widened |= !isWhole && whole.isPresent();
        }
      }
    }
    return new HealthLakeScopes(new ScopeSet(kept), widened);
  }

  boolean isAboutNothing() {
    return scopes.resourceScopes().findAny().isEmpty();
  }

  boolean mayWrite() {
    return scopes.resourceScopes().anyMatch(scope -> !READING.containsAll(scope.interactions()));
  }
}
