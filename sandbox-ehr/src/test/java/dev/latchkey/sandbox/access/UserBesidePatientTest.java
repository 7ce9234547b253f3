package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.PatientsEntries.ofPatients;
import static dev.latchkey.sandbox.access.TwoDoctors.DOCTOR;
import static dev.latchkey.sandbox.access.TwoDoctors.PATIENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.scope.RecordCategory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `user/` scopes beside `patient/` scopes: neither lifts a limit of the other.
class UserBesidePatientTest {
  private static final String LABORATORY = "?category=" + RecordCategory.LABORATORY.token();

  private final FhirCalls everything = GuardedFhir.asService("system/*.rs");

  @Test
  void sco9_whatIncludesBringIsLookedAtToo() {
    var mixed = GuardedFhir.asUser(DOCTOR, "dolores", "user/Observation.rs patient/Patient.r");

    var found = mixed.all("Observation?_include=Observation:subject&_count=200");

    assertThat(found)
        .hasSameElementsAs(plus(ofPatients(PATIENTS, "Observation", ""), "Patient/dolores"));
    assertThat(mixed.get("Observation?_include=Observation:encounter").status()).isEqualTo(403);
  }

  private static List<String> plus(List<String> ids, String one) {
    var both = new ArrayList<>(ids);
    both.add(one);
    return both;
  }

  /// AWS's FHIR Works forgot the patient of `patient/` when a `user/` scope stood beside it
  /// (fhir-works-on-aws-authz-smart issue 96).
  @Test
  void sco9_userScopesLiftNoPatientsLimitForTypesThatTheyDoNotName() {
    var app = GuardedFhir.asUser(DOCTOR, "dolores", "patient/Patient.rs user/Organization.rs");

    assertThat(app.get("Patient").ids()).containsExactly("Patient/dolores");
    assertThat(app.get("Patient/shella").status()).isEqualTo(404);
    assertThat(app.get("Patient?_id=shella").status()).isEqualTo(403);
    assertThat(app.get("Organization").bundle().getTotal())
        .isEqualTo(everything.get("Organization").bundle().getTotal());
    var reversed = GuardedFhir.asUser(DOCTOR, "dolores", "user/Patient.rs patient/Goal.rs");
    assertThat(reversed.all("Goal?_count=200"))
        .hasSameElementsAs(ofPatients(List.of("dolores"), "Goal", ""));
    assertThat(reversed.get("Goal?patient=shella").status()).isEqualTo(403);
    assertThat(reversed.get("Patient").bundle().getTotal()).isEqualTo(3);
  }

  @Test
  void sco9_aChainAcrossContextsStaysWithThePatientInContext() {
    var app = GuardedFhir.asUser(DOCTOR, "dolores", "patient/Patient.rs user/Observation.rs");

    assertThat(app.get("Observation?patient.gender=male").status()).isEqualTo(403);
    assertThat(app.get("Observation?_sort=patient.birthdate").status()).isEqualTo(403);
    assertThat(app.get("Observation?patient=dolores&patient.gender=female").status())
        .isEqualTo(200);
    var back = GuardedFhir.asUser(DOCTOR, "dolores", "user/Patient.rs patient/Observation.rs");
    assertThat(back.get("Patient?_has:Observation:patient:code=8302-2").status()).isEqualTo(403);
    assertThat(back.get("Patient?_id=dolores&_has:Observation:patient:code=8302-2").status())
        .isEqualTo(200);
  }

  @Test
  void sco9_aFilterOfOneContextDoesNotNarrowTheOther() {
    var app =
        GuardedFhir.asUser(
            DOCTOR, "dolores", "patient/Observation.rs user/Observation.rs" + LABORATORY);

    assertThat(app.all("Observation?patient=dolores&_count=200"))
        .hasSameElementsAs(ofPatients(List.of("dolores"), "Observation", ""));
    assertThat(app.all("Observation?patient=shella&_count=200"))
        .hasSameElementsAs(
            ofPatients(List.of("shella"), "Observation", LABORATORY.replace('?', '&')));
    assertThat(app.get("Observation").status()).isEqualTo(400);
    assertThat(app.get("Observation").problem()).startsWith("Name one patient");
    var vitals =
        ofPatients(
                List.of("shella"), "Observation", "&category=" + RecordCategory.VITAL_SIGNS.token())
            .getFirst();
    assertThat(app.get(vitals).status()).isEqualTo(404);
  }
}
