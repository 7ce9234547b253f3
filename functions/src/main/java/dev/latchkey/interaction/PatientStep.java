package dev.latchkey.interaction;

import dev.latchkey.account.PatientWording;
import dev.latchkey.account.User;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.PlainText;
import dev.latchkey.http.Response;
import dev.latchkey.policy.ServerIdentity;

/// Whose record? Asked only of somebody who may act for several patients.
record PatientStep(Transactions transactions, ServerIdentity identity) implements InteractionStep {
  private static final Phrase NO_CHOICE =
      new Phrase("Choose one of these people.", "Elija a una de estas personas.");

  @Override
  public Response show(Visit visit) {
    return visit
        .user()
        .filter(_ -> NextStep.mayChoosePatient(visit.transaction()))
        .map(user -> choice(visit, user))
        .orElseGet(() -> elsewhere(visit));
  }

  private Response choice(Visit visit, User user) {
    return switch (user.patients().size()) {
      case 0 -> visit.refusals().noRecord();
      case 1 -> elsewhere(visit);
      default -> page(visit, user, 200, "");
    };
  }

  @Override
  public Response submit(Visit visit) {
    if (visit.user().isEmpty() || !NextStep.mayChoosePatient(visit.transaction())) {
      return elsewhere(visit);
    }
    var user = visit.user().get();
    return visit
        .form()
        .get("patient")
        .map(id -> choose(visit, user, id))
        .orElseGet(() -> page(visit, user, 400, NO_CHOICE.in(visit.language())));
  }

  private Response choose(Visit visit, User user, String id) {
    if (user.patient(id).isEmpty()) {
      return visit.refusals().notYourPatient();
    }
    var chosen = visit.transaction().forPatient(id);
    return transactions.update(chosen, visit.browser(), visit.now())
        ? Response.seeOther(NextStep.of(chosen, visit.user()).url(identity, visit.id()))
        : visit.refusals().ended();
  }

  private Response elsewhere(Visit visit) {
    return Response.seeOther(NextStep.of(visit).url(identity, visit.id()));
  }

  private static Response page(Visit visit, User user, int status, String problem) {
    var chosen = visit.transaction().chosenPatient().orElse("");
    var page =
        new PatientPage(
            visit.language(),
            visit.id().value(),
            visit.csrf(),
            PlainText.name(visit.client().name()),
            PlainText.name(user.name()),
            user.patients().stream()
                .map(
                    patient ->
                        new PatientPage.Choice(
                            patient.id(),
                            PlainText.name(patient.name()),
                            PatientWording.details(patient, visit.language()),
                            patient.id().equals(chosen)))
                .toList(),
            problem);
    return Pages.page(status, "patient.jte", page, AppDescription.of(visit).formTarget());
  }
}
