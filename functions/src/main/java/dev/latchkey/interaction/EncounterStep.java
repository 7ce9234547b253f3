package dev.latchkey.interaction;

import dev.latchkey.account.User;
import dev.latchkey.authorize.EncounterChoice;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Response;
import dev.latchkey.interaction.EncounterPage.Choice;
import dev.latchkey.interaction.RecentEncounters.Entry;
import dev.latchkey.policy.ServerIdentity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// For which visit is the app used? Asked only where there are any, and no visit is an answer too.
/// Whoever goes past the page has chosen none.
record EncounterStep(
    Transactions transactions, RecentEncounters encounters, ServerIdentity identity)
    implements InteractionStep {
  private static final Phrase NO_CHOICE =
      new Phrase(
          "Choose one of these visits, or no visit.",
          "Elija una de estas consultas, o ninguna consulta.");
  private static final Phrase NOT_LISTED =
      new Phrase(
          "That visit cannot be chosen. Choose one of these.",
          "Esa consulta no se puede elegir. Elija una de estas.");

  @Override
  public Response show(Visit visit) {
    return onTurn(
        visit,
        (user, listed) -> listed.isEmpty() ? onward(visit) : page(visit, user, listed, 200, ""));
  }

  @Override
  public Response submit(Visit visit) {
    return onTurn(visit, (user, listed) -> choose(visit, user, listed));
  }

  private Response onTurn(Visit visit, BiFunction<User, List<Entry>, Response> answer) {
    if (visit.user().isEmpty() || !EncounterChoice.isOpen(visit.transaction())) {
      return Response.seeOther(NextStep.of(visit).url(identity, visit.id()));
    }
    var user = visit.user().get();
    var patient = visit.transaction().chosenPatient().flatMap(user::patient);
    if (patient.isEmpty()) {
      return visit.refusals().notYourPatient();
    }
    return answer.apply(user, encounters.of(patient.get().id(), user.fhirUser()));
  }

  private Response choose(Visit visit, User user, List<Entry> listed) {
    var chosen = visit.form().get("encounter").orElse("");
    if (listed.isEmpty() || chosen.equals(EncounterPage.NONE)) {
      return keep(visit, null);
    }
    if (listed.stream().anyMatch(encounter -> encounter.id().equals(chosen))) {
      return keep(visit, chosen);
    }
    return chosen.isEmpty()
        ? page(visit, user, listed, 400, NO_CHOICE.in(visit.language()))
        : page(visit, user, listed, 403, NOT_LISTED.in(visit.language()));
  }

  /// The patient is written with it, so that a choice in another tab cannot come between them.
  private Response keep(Visit visit, @Nullable String encounter) {
    var isKept =
        Objects.equals(visit.transaction().encounter(), encounter)
            || transactions.update(
                visit.transaction().forEncounter(encounter), visit.browser(), visit.now());
    return isKept ? onward(visit) : visit.refusals().ended();
  }

  private Response onward(Visit visit) {
    return Response.seeOther(Step.CONSENT.url(identity, visit.id()));
  }

  private static Response page(
      Visit visit, User user, List<Entry> listed, int status, String problem) {
    var transaction = visit.transaction();
    var patient = transaction.chosenPatient().flatMap(user::patient).orElseThrow();
    var chosen = Optional.ofNullable(transaction.encounter());
    var page =
        new EncounterPage(
            visit.language(),
            visit.id().value(),
            visit.csrf(),
            PlainText.name(visit.client().name()),
            PlainText.name(user.name()),
            PlainText.name(patient.name()),
            listed.stream()
                .map(
                    encounter ->
                        Choice.of(
                            encounter,
                            chosen.filter(encounter.id()::equals).isPresent(),
                            visit.language()))
                .toList(),
            problem);
    return Pages.page(status, "encounter.jte", page, AppDescription.of(visit).formTarget());
  }
}
