package dev.latchkey.interaction;

import dev.latchkey.family.Holding;
import dev.latchkey.family.Standing;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeSet;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/// Whether the patient need not be asked, because the app asks for no more than what they have let
/// it keep.
///
/// Nothing is written down for it. What is remembered is what the app holds: a grant of lasting
/// access that still stands. Whatever ends that grant ends the memory with it, be it the patient at
/// `/apps`, a new password, the app or an operator (docs/adr/0059-remembered-consent.md).
///
/// @param settings whether this deployment spares patients the page at all, and for which apps
record RememberedConsent(Standing standing, ConsentSettings settings) {
  /// More grants to one app are rare, and nobody is harmed when one is overlooked.
  private static final int MOST_GRANTS = 25;

  /// A yes that counts again.
  ///
  /// @param scopes all that the app asks for
  /// @param until when access has to end, so that grants without a page do not prolong one another;
  ///   seconds since the epoch
  record Yes(ScopeSet scopes, long until) {}

  /// @param offered what the app asks for, each wildcard as its types
  Optional<Yes> of(Visit visit, ScopeSet offered) {
    if (!settings.mayRemember(visit.client())
        || visit.transaction().request().wishes().askAgain()) {
      return Optional.empty();
    }
    var subject = visit.transaction().signedInUser().orElseThrow().subject();
    var app = Optional.of(visit.client().id());
    var page = standing.families().ofSubject(subject, app, Optional.empty(), MOST_GRANTS);
    var now = visit.now().getEpochSecond();
    return standing.of(page.holdings(), now).stream()
        .filter(held -> isEnough(held, visit, offered))
        .map(held -> new Yes(offered, until(held)))
        .filter(yes -> yes.until() > now)
        .max(Comparator.comparingLong(Yes::until));
  }

  private static boolean isEnough(Holding held, Visit visit, ScopeSet offered) {
    var grant = held.grant();
    return grant.scopes().contains(NamedScope.OFFLINE_ACCESS)
        && grant.scopes().coversAll(offered)
        && isOfSamePatient(held, visit)
        && isOfSamePerson(held, visit)
        && grant.createdAt() >= visit.client().registration().registeredAt();
  }

  private static boolean isOfSamePatient(Holding held, Visit visit) {
    return Objects.equals(
        held.grant().launch().patientId(), visit.transaction().context().patientId());
  }

  /// Whoever was a patient and is now a practitioner, or the other way round, under the same
  /// account would give `user/` scopes another reach without being asked.
  private static boolean isOfSamePerson(Holding held, Visit visit) {
    return visit.user().orElseThrow().fhirUser().equals(held.grant().fhirUser());
  }

  private static long until(Holding held) {
    var remembered = Lifetimes.after(held.grant().createdAt(), Lifetimes.REMEMBERED_CONSENT);
    return Math.min(remembered, held.family().absoluteExpiresAt());
  }
}
