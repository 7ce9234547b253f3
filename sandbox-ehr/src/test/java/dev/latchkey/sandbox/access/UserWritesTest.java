package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.PatientsEntries.foreign;
import static dev.latchkey.sandbox.access.TwoDoctors.DOCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.FhirCalls.Answer;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/// What `user/` scopes allow to be written: into the records that the user may see, and between
/// none of them.
class UserWritesTest {
  private final FhirCalls kendal = GuardedFhir.as("kendal", "patient/*.rs");

  @Test
  void sco9_whatIsMissingIsNamedAsAUserScope() {
    var app = GuardedFhir.asUser(DOCTOR, "", "user/Patient.r");

    assertInsufficient(app.get("Observation"), "user/Observation.s");
    assertInsufficient(app.get("Patient"), "user/Patient.s");
    assertInsufficient(app.post("Observation", observation("dolores")), "user/Observation.c");
  }

  private static void assertInsufficient(Answer answer, String scope) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("www-authenticate"))
        .contains("error=\"insufficient_scope\"", "scope=\"" + scope + "\"");
  }

  private static Observation observation(String patient) {
    var observation = new Observation();
    observation.setSubject(new Reference("Patient/" + patient));
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.getCode().setText("made by a doctor");
    return observation;
  }

  @Test
  void sco9_writesStayWithThesePatientsAndMoveNothingBetweenThem() {
    var writer = GuardedFhir.asUser(DOCTOR, "", "user/Observation.crud");
    var created = writer.post("Observation", observation("shella"));
    assertThat(created.status()).isEqualTo(201);
    var made = created.resource();
    var id = made.getIdElement().toUnqualifiedVersionless().getValue();

    var moved = observation("dolores");
    moved.setId(id);
    assertThat(writer.put(id, moved).status()).isEqualTo(403);
    var stolen = observation("kendal");
    stolen.setId(id);
    assertThat(writer.put(id, stolen).status()).isEqualTo(403);
    assertThat(writer.post("Observation", observation("kendal")).status()).isEqualTo(403);
    var referring = observation("shella");
    referring.setEncounter(new Reference(foreign("Encounter")));
    assertThat(writer.post("Observation", referring).status()).isEqualTo(403);
    var foreign = foreign("Observation");
    assertThat(writer.delete(foreign).status()).isEqualTo(404);
    assertThat(writer.put(foreign, kendal.get(foreign).resource()).status()).isEqualTo(404);
    assertThat(
            writer
                .patch(foreign, "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"final\"}]")
                .status())
        .isEqualTo(404);
    var same = observation("shella");
    same.setId(id);
    same.getCode().setText("changed by a doctor");
    assertThat(writer.put(id, same).status()).isEqualTo(200);
    assertThat(writer.delete(id).status()).isEqualTo(200);
  }

  @Test
  void sco9_writingUnderOneContextIsNotWritingUnderTheOther() {
    var app = GuardedFhir.asUser(DOCTOR, "dolores", "patient/Goal.cud user/Goal.rs");
    var goal = new Goal().setLifecycleStatus(Goal.GoalLifecycleStatus.ACTIVE);
    goal.getDescription().setText("walk");
    goal.setSubject(new Reference("Patient/shella"));

    assertThat(app.post("Goal", goal).status()).isEqualTo(403);
    goal.setSubject(new Reference("Patient/dolores"));
    var created = app.post("Goal", goal);
    assertThat(created.status()).isEqualTo(201);
    var id = created.resource().getIdElement().toUnqualifiedVersionless().getValue();
    assertThat(app.delete(id).status()).isEqualTo(200);
  }
}
