package dev.latchkey.authorize;

import dev.latchkey.scope.LaunchScope;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import java.util.List;

/// When a user may choose an encounter for an app that no EHR opened (SMART 2.2, `launch/encounter`
/// in a standalone launch), and when the app is told which.
public final class EncounterChoice {
  private static final String TYPE = "encounter";
  private static final List<ScopeSet> READING =
      List.of(ScopeSet.parse("patient/Encounter.r"), ScopeSet.parse("user/Encounter.r"));

  private EncounterChoice() {}

  /// Whether an app asks for an encounter, there is a patient to have it, and no EHR that says what
  /// is open.
  public static boolean isOpen(Transaction transaction) {
    var requested = transaction.request().scopes();
    return transaction.ehrLaunch().isEmpty()
        && transaction.chosenPatient().isPresent()
        && requested.scopes().stream().anyMatch(scope -> isOf(scope, requested));
  }

  /// Whether a scope asks for the encounter, beside others under which the app could read it: an id
  /// that it cannot read would say something and serve nothing.
  static boolean isOf(Scope scope, ScopeSet all) {
    return scope instanceof LaunchScope asked && asked.type().equals(TYPE) && mayRead(all);
  }

  /// The transaction as it ends: without the encounter when the user keeps encounters from the app.
  public static Transaction within(Transaction decided, ScopeSet granted) {
    return mayRead(granted) ? decided : decided.forEncounter(null);
  }

  private static boolean mayRead(ScopeSet scopes) {
    return READING.stream().anyMatch(scopes::coversAll);
  }
}
