package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The EHR keeps its launch tasks beside the records. No scope is about tasks, so no token leads to
/// one, whatever it refers to.
class LaunchTaskAccessTest {
  private static final String EVERYTHING = "patient/*.cruds user/*.cruds";
  static final List<FhirCalls> APPS =
      List.of(GuardedFhir.as(ANA, EVERYTHING), GuardedFhir.asService("system/*.rs"));

  private static final Task TASK = new Task();

  @BeforeAll
  static void write() {
    TASK.setStatus(Task.TaskStatus.REQUESTED)
        .setIntent(Task.TaskIntent.PROPOSAL)
        .setDescription("only-for-the-ehr")
        .setFor(new Reference("Patient/" + ANA))
        .setOwner(new Reference("Patient/" + ANA));
    TASK.setId(dao().create(TASK, new SystemRequestDetails()).getId().toUnqualifiedVersionless());
  }

  @AfterAll
  static void remove() {
    dao().delete(TASK.getIdElement(), new SystemRequestDetails());
  }

  private static IFhirResourceDao<Task> dao() {
    return GuardedFhir.running().bean(DaoRegistry.class).getResourceDao(Task.class);
  }

  private static String id() {
    return TASK.getIdElement().toUnqualifiedVersionless().getValue();
  }

  @ParameterizedTest
  @FieldSource("APPS")
  void noTokenLeadsToATask(FhirCalls app) {
    for (var path :
        List.of(
            id(),
            id() + "/_history",
            id() + "/_history/1",
            "Task",
            "Task?patient=" + ANA,
            "Patient/" + ANA + "/Task",
            "Patient?_has:Task:patient:status=requested",
            "Patient?_revinclude=Task:patient",
            "Encounter?patient=" + ANA + "&_revinclude=Task:encounter",
            "Patient?_id=" + ANA + "&_revinclude=*",
            "Patient/" + ANA + "/$everything?_count=200",
            "Patient/" + ANA + "/$everything?_type=Task",
            "$export?_type=Task",
            "Patient/$export?_type=Task",
            "Provenance?target=" + id())) {
      var answer = app.get(path);

      assertThat(answer.body()).as(path).doesNotContain("only-for-the-ehr");
      if (path.contains("Task") && !path.startsWith("Provenance")) {
        assertThat(answer.status()).as(path + answer.body()).isBetween(400, 499);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("APPS")
  void noTokenWritesATask(FhirCalls app) {
    assertThat(app.put(id(), TASK).status()).isBetween(400, 499);
    assertThat(app.delete(id()).status()).isBetween(400, 499);
    assertThat(app.patch(id(), "[]").status()).isBetween(400, 499);
    for (var method : List.of(HTTPVerb.GET, HTTPVerb.DELETE, HTTPVerb.PUT)) {
      var batch = new Bundle().setType(Bundle.BundleType.BATCH);
      var entry = batch.addEntry();
      entry.getRequest().setMethod(method).setUrl(id());
      if (method == HTTPVerb.PUT) {
        entry.setResource(TASK);
      }
      assertThat(app.post("", batch).body()).doesNotContain("only-for-the-ehr", "\"20");
    }
    assertThat(dao().read(TASK.getIdElement(), new SystemRequestDetails()).getDescription())
        .isEqualTo("only-for-the-ehr");
  }

  @Test
  void aTaskKeepsNobodyFromDeletingWhatItRefersTo() {
    var app = GuardedFhir.as(ANA, EVERYTHING);
    var encounter = new Encounter();
    encounter
        .setStatus(Encounter.EncounterStatus.FINISHED)
        .setSubject(new Reference("Patient/" + ANA))
        .getClass_()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .setCode("AMB");
    var created = app.post("Encounter", encounter);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    var visit = created.resource().getIdElement().toUnqualifiedVersionless().getValue();
    dao().update(TASK.copy().setEncounter(new Reference(visit)), new SystemRequestDetails());

    var deleted = app.delete(visit);
    assertThat(deleted.status()).as(deleted.body()).isBetween(200, 204);
  }
}
