package dev.latchkey.sandbox.ehr;

import dev.latchkey.account.User;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Parameters;
import dev.latchkey.http.PlainText;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UrlType;

/// What somebody who works here leaves as a launch task, for themselves or for a patient.
///
/// @param wanted the app, and of its context what a task keeps: patient, encounter, appContext
/// @param owner who is to open the app, a relative reference
record LaunchWish(
    LaunchTask.Kind kind, Wanted wanted, User requester, String owner, String description) {
  private static final int LONGEST_DESCRIPTION = 300;

  /// @param addresses of the registered apps, since a task names no app but an address
  static Outcome<LaunchWish> read(
      Parameters form, User user, Wanted wanted, LaunchAddresses addresses) {
    if (!LaunchTask.isClinician(user)) {
      return Wanted.refused("Only somebody who works here can leave a task.");
    }
    var forPatient = form.get("owner").orElse("").equals("patient");
    var patient = wanted.context().patientId();
    if (forPatient && patient.isEmpty()) {
      return Wanted.refused("No record is open, so there is no patient to leave the task for.");
    }
    if (!addresses.at(address(wanted)).equals(List.of(wanted.client()))) {
      return Wanted.refused(
          "Other apps are registered to be opened at the address of this one, and a task names only"
              + " the address.");
    }
    return Outcome.success(
        new LaunchWish(
            form.get("standalone").isPresent() ? LaunchTask.Kind.STANDALONE : LaunchTask.Kind.EHR,
            wanted,
            user,
            forPatient ? "Patient/" + patient.get() : user.fhirUser(),
            PlainText.line(form.get("description").orElse(""), LONGEST_DESCRIPTION)));
  }

  Task task(Instant now) {
    var task =
        new Task()
            .setStatus(TaskStatus.REQUESTED)
            .setIntent(TaskIntent.PROPOSAL)
            .setCode(smart(kind.code()))
            .setDescription(description.isEmpty() ? null : description)
            .setAuthoredOn(Date.from(now))
            .setRequester(new Reference(requester.fhirUser()).setDisplay(requester.name()))
            .setOwner(new Reference(owner));
    task.getMeta().addProfile(kind.profile());
    var context = wanted.context();
    context.patientId().ifPresent(id -> task.setFor(new Reference("Patient/" + id)));
    if (context.encounter() != null) {
      task.setEncounter(new Reference("Encounter/" + context.encounter()));
    }
    input(task, LaunchTask.ADDRESS, new UrlType(address(wanted)));
    if (context.appContext() != null && kind == LaunchTask.Kind.EHR) {
      input(task, LaunchTask.APP_CONTEXT, new StringType(context.appContext().text()));
    }
    return task;
  }

  private static void input(Task task, String code, Type value) {
    task.addInput().setType(smart(code)).setValue(value);
  }

  private static CodeableConcept smart(String code) {
    return new CodeableConcept(new Coding(LaunchTask.CODES, code, null));
  }

  private static String address(Wanted wanted) {
    return String.valueOf(wanted.client().profile().launchUrl());
  }
}
