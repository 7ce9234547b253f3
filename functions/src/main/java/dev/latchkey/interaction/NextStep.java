package dev.latchkey.interaction;

import dev.latchkey.account.User;
import dev.latchkey.authorize.EncounterChoice;
import dev.latchkey.authorize.Transaction;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeSet;
import java.util.Optional;

/// Which page a pending authorization is at.
final class NextStep {
  private NextStep() {}

  static Step of(Visit visit) {
    return of(visit.transaction(), visit.user());
  }

  static Step of(Transaction transaction, Optional<User> user) {
    if (user.isEmpty()) {
      return Step.SIGN_IN;
    }
    if (needsPatient(transaction.request().scopes()) && transaction.patient() == null) {
      return Step.PATIENT;
    }
    return EncounterChoice.isOpen(transaction) && transaction.encounter() == null
        ? Step.ENCOUNTER
        : Step.CONSENT;
  }

  /// Whether the app asked for somebody's record (SMART 2.2: `launch/patient`, and any `patient/`
  /// scope, which means nothing without one).
  static boolean needsPatient(ScopeSet requested) {
    return requested.contains(NamedScope.LAUNCH_PATIENT)
        || requested.of(ScopeContext.PATIENT).findAny().isPresent();
  }

  /// Whether the user may say whose record. Not where the EHR said so: the app would show another
  /// patient than the EHR around it.
  static boolean mayChoosePatient(Transaction transaction) {
    return needsPatient(transaction.request().scopes())
        && transaction.ehrLaunch().flatMap(launch -> launch.context().patientId()).isEmpty();
  }

  /// The patient whose record was open in the EHR is the one, and a user with one record is not
  /// asked whose (SMART 2.2, EHR launch and standalone launch).
  static Transaction withOnlyPatient(Transaction transaction, User user) {
    var open = transaction.ehrLaunch().flatMap(launch -> launch.context().patientId());
    if (open.isPresent()) {
      return transaction.forPatient(open.get());
    }
    return needsPatient(transaction.request().scopes()) && user.patients().size() == 1
        ? transaction.forPatient(user.patients().getFirst().id())
        : transaction;
  }
}
