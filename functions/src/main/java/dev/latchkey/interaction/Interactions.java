package dev.latchkey.interaction;

import dev.latchkey.account.PasswordCheck;
import dev.latchkey.authorize.CodeIssue;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.http.Stylesheet;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.FirstUse;
import dev.latchkey.secret.Entropy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

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
  public static Interactions over(
      InteractionStores stores,
      CodeIssue codes,
      ServerIdentity identity,
      InstantSource clock,
      Entropy entropy) {
    var transactions = stores.transactions();
    var passwords = new PasswordCheck(stores.users(), stores.throttle());
    var sessions = stores.sessions();
    var steps =
        Map.<Step, InteractionStep>of(
            Step.SIGN_IN, new SignInStep(passwords, sessions, transactions, identity),
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
            Step.SIGN_OUT, new SignOutStep(sessions, transactions, identity, entropy));
    return new Interactions(
        new Admission(stores, identity), steps, new WithoutPage(transactions, codes), clock);
  }

  /// Answers a request for `/interaction/{name}`.
  public Response answer(Request request, String name) {
    if (name.equals(Stylesheet.NAME)) {
      return Stylesheet.answer();
    }
    return Step.of(name)
        .map(step -> answer(request, step))
        .orElseGet(Refusals.of(request)::noSuchPage);
  }

  private Response answer(Request request, Step step) {
    return switch (admission.admit(request, clock.instant())) {
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
