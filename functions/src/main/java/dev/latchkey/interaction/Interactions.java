package dev.latchkey.interaction;

import dev.latchkey.account.PasswordCheck;
import dev.latchkey.authorize.CodeIssue;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.http.Stylesheet;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.PortalDoor;
import dev.latchkey.registration.FirstUse;
import dev.latchkey.secret.Entropy;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Everything below `/interaction/`: finds the step, admits the request, lets the step answer.
public final class Interactions {
  private final Admission admission;
  private final Map<Step, InteractionStep> steps;
  private final WithoutPage withoutPage;
  private final InstantSource clock;

  private Interactions(
      Admission admission,
      Map<Step, InteractionStep> steps,
      WithoutPage withoutPage,
      InstantSource clock) {
    this.admission = admission;
    this.steps = Map.copyOf(steps);
    this.withoutPage = withoutPage;
    this.clock = clock;
  }

  /// Every step over these stores.
  ///
  /// @param portal where people sign in; empty for the page of this server
  public static Interactions over(
      InteractionStores stores,
      CodeIssue codes,
      Optional<PortalDoor> portal,
      ServerIdentity identity,
      InstantSource clock,
      Entropy entropy) {
    var transactions = stores.transactions();
    var sessions = stores.sessions();
    var steps = signIn(stores, portal, identity);
    steps.putAll(
        Map.of(
            Step.PATIENT, new PatientStep(transactions, identity),
            Step.ENCOUNTER,
                new EncounterStep(transactions, stores.consent().encounters(), identity),
            Step.CONSENT,
                new ConsentStep(
                    transactions,
                    codes,
                    new FirstUse(stores.clients()),
                    stores.consent().counts(),
                    new RememberedConsent(sessions.standing(), stores.consent()),
                    identity),
            Step.SIGN_OUT,
                new SignOutStep(sessions, transactions, portal.isPresent(), identity, entropy)));
    return new Interactions(
        new Admission(stores, identity), steps, new WithoutPage(transactions, codes), clock);
  }

  private static Map<Step, InteractionStep> signIn(
      InteractionStores stores, Optional<PortalDoor> portal, ServerIdentity identity) {
    var joining = new Joining(stores.sessions(), stores.transactions(), identity);
    var steps = new EnumMap<Step, InteractionStep>(Step.class);
    if (portal.isEmpty()) {
      var passwords = new PasswordCheck(stores.users(), stores.throttle());
      steps.put(Step.SIGN_IN, new SignInStep(passwords, stores.sessions(), joining, identity));
      return steps;
    }
    var door = portal.get();
    var signIn = new PortalSignInStep(door, joining, identity);
    steps.put(Step.SIGN_IN, signIn);
    steps.put(Step.PORTAL, new PortalStep(door, signIn, joining, stores.transactions(), identity));
    return steps;
  }

  /// Answers a request for `/interaction/{name}`.
  public Response answer(Request request, String name) {
    if (name.equals(Stylesheet.NAME)) {
      return Stylesheet.answer();
    }
    return Step.of(name)
        .filter(steps::containsKey)
        .map(step -> answer(request, step))
        .orElseGet(Refusals.of(request)::noSuchPage);
  }

  private Response answer(Request request, Step step) {
    return switch (admission.admit(request, step, clock.instant())) {
      case Admission.Outcome.Refused(var page) -> page;
      case Admission.Outcome.Admitted(var visit) ->
          withoutPage.orAsItIs(answer(request, step, visit), step, visit);
    };
  }

  private Response answer(Request request, Step step, Visit visit) {
    var answering = Objects.requireNonNull(steps.get(step));
    return request.method().equals("POST") ? answering.submit(visit) : answering.show(visit);
  }
}
