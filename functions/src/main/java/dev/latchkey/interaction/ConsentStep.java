package dev.latchkey.interaction;

import dev.latchkey.account.User;
import dev.latchkey.authorize.CodeIssue;
import dev.latchkey.authorize.EncounterChoice;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Response;
import dev.latchkey.policy.AccessSpan;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.FirstUse;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The patient's decision. It is asked for unless [RememberedConsent] finds that there is nothing
/// new to decide; never is an app let in because it once was, without having to prove which it is
/// (RFC 8252 section 8.6).
record ConsentStep(
    Transactions transactions,
    CodeIssue codes,
    FirstUse firstUse,
    RecordCounts counts,
    RememberedConsent remembered,
    ServerIdentity identity)
    implements InteractionStep {

  @Override
  public Response show(Visit visit) {
    return onTurn(
        visit,
        user ->
            remembered(visit, user)
                .map(yes -> allow(visit, user, yes.scopes(), yes.until()))
                .orElseGet(() -> page(visit, user)));
  }

  @Override
  public Response submit(Visit visit) {
    return onTurn(visit, user -> decide(visit, user));
  }

  private Response onTurn(Visit visit, Function<User, Response> answer) {
    var step = NextStep.of(visit);
    // Whoever comes here past the choice of an encounter has chosen none.
    return step == Step.CONSENT || step == Step.ENCOUNTER
        ? answer.apply(visit.user().orElseThrow())
        : Response.seeOther(step.url(identity, visit.id()));
  }

  private Optional<RememberedConsent.Yes> remembered(Visit visit, User user) {
    return isOfUser(visit, user) ? remembered.of(visit, offer(visit).offered()) : Optional.empty();
  }

  /// The user's patients may have changed since the choice.
  private static boolean isOfUser(Visit visit, User user) {
    var patient = visit.transaction().chosenPatient();
    return patient.isEmpty() || patient.flatMap(user::patient).isPresent();
  }

  private Response page(Visit visit, User user) {
    var offer = offer(visit);
    var page =
        ConsentPage.of(
            visit,
            user,
            offer,
            counts(visit, user, offer),
            remembered.settings().mayRemember(visit.client()));
    return Pages.page(200, "consent.jte", page, AppDescription.of(visit).formTarget());
  }

  private Map<ResourceScope, Integer> counts(Visit visit, User user, ConsentOffer offer) {
    return visit
        .transaction()
        .chosenPatient()
        .flatMap(user::patient)
        .map(patient -> counts.count(patient.id(), user.fhirUser(), offer.countable()))
        .orElse(Map.of());
  }

  private Response decide(Visit visit, User user) {
    if (!isOfUser(visit, user)) {
      return visit.refusals().notYourPatient();
    }
    return switch (Decision.read(visit.form(), offer(visit))) {
      case Decision.Allowed allowed ->
          allow(visit, user, allowed.granted(), accessEndsAt(allowed, visit.now()));
      case Decision.Denied() -> deny(visit);
      case Decision.Changed() -> visit.refusals().changedForm();
      case Decision.Missing() -> visit.refusals().noDecision();
    };
  }

  /// The transaction ends before there is a code: of two answers sent at once only one gets one.
  private Response allow(Visit visit, User user, ScopeSet granted, long accessEndsAt) {
    if (!transactions.decide(visit.transaction().handle(), visit.now())) {
      return visit.refusals().ended();
    }
    firstUse.keep(visit.client());
    var decided = EncounterChoice.within(visit.transaction(), granted);
    return Response.seeOther(
        codes.allow(
            decided, decided.ofContext(granted), accessEndsAt, user.fhirUser(), visit.now()));
  }

  /// It shortens lasting access, and nothing else.
  private static long accessEndsAt(Decision.Allowed allowed, Instant now) {
    var span =
        allowed.granted().contains(NamedScope.OFFLINE_ACCESS) ? allowed.span() : AccessSpan.LONGEST;
    return Lifetimes.after(now.getEpochSecond(), span.length());
  }

  private Response deny(Visit visit) {
    return transactions.decide(visit.transaction().handle(), visit.now())
        ? Response.seeOther(codes.deny(visit.transaction()))
        : visit.refusals().ended();
  }

  private static ConsentOffer offer(Visit visit) {
    return ConsentOffer.of(visit.transaction().offered());
  }
}
