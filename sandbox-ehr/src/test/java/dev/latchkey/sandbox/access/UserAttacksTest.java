package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.PatientsEntries.foreign;
import static dev.latchkey.sandbox.access.PatientsEntries.ofPatients;
import static dev.latchkey.sandbox.access.TwoDoctors.COLLEAGUE;
import static dev.latchkey.sandbox.access.TwoDoctors.DOCTOR;
import static dev.latchkey.sandbox.access.TwoDoctors.MOTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.scope.RecordCategory;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No path leads under `user/` scopes to Kendal, a patient of another doctor.
class UserAttacksTest {
  private static final String LABORATORY = "?category=" + RecordCategory.LABORATORY.token();

  private final FhirCalls doctor = GuardedFhir.asUser(DOCTOR, "", "user/*.rs");

  /// One attack for each path that could lead to the patient of another doctor.
  @ParameterizedTest
  @CsvSource({
    "Patient?_has:Observation:patient:encounter=ENCOUNTER, 0",
    "Observation?_id=OBSERVATION, 0",
    "Observation?subject:Patient.name=Kendal125, 0",
    "Observation?encounter:Encounter._id=ENCOUNTER, 0",
    "Observation?encounter=ENCOUNTER&_include=Observation:encounter, 0",
    "Observation?_id=OBSERVATION&_elements=id&_total=accurate, 0",
    "Encounter?_id=ENCOUNTER&_revinclude=Observation:encounter, 0",
    "Patient?_sort=name&_id:not=shella&name=Kendal125&_revinclude=Observation:subject, 0",
    "Observation?_id=OBSERVATION&_summary=count, 0",
  })
  void sco9_rsv6_noSearchLeadsToThePatientOfAnotherDoctor(String attack, int found) {
    var search =
        attack
            .replace("OBSERVATION", foreign("Observation").split("/", 2)[1])
            .replace("ENCOUNTER", foreign("Encounter").split("/", 2)[1]);

    var answer = doctor.get(search);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.bundle().getTotal()).isEqualTo(found);
    assertThat(answer.bundle().getEntry()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Patient/kendal/Observation, 400",
    "Patient/kendal/$everything, 404",
    "Observation/_history, 400",
    "Patient/$everything, 400",
    "Patient/kendal/$export, 400",
    "$export, 403",
    "$graphql?query=%7BPatient%7Bid%7D%7D, 400",
    "Organization?_has:Encounter:service-provider:patient=kendal, 403",
    "Practitioner?_revinclude=Encounter:practitioner, 403",
    "Observation?performer:Patient.name=Kendal125, 403",
  })
  void sco9_rsv6_noOperationLeadsThere(String attack, int status) {
    assertThat(doctor.get(attack).status()).as(attack).isEqualTo(status);
  }

  @Test
  void sco9_rsv6_everythingIsOfTheUserAlone() {
    var mother = GuardedFhir.asUser(MOTHER, "", "user/*.rs");

    var found = mother.all("Patient/dolores/$everything?_count=50");

    assertThat(found).contains("Patient/dolores").doesNotContain("Patient/graciela");
    assertThat(found).containsAll(ofPatients(List.of("dolores"), "Observation", ""));
    for (var refused :
        List.of(
            mother.get("Patient/graciela/$everything"), doctor.get("Patient/shella/$everything"))) {
      assertThat(refused.status()).isEqualTo(403);
    }
  }

  @Test
  void sco9_rsv6_aPageIsForWhoeverReachesAllItsRecords() {
    var next = doctor.get("Observation?_count=5").next();

    for (var other :
        List.of(
            GuardedFhir.asUser(COLLEAGUE, "", "user/*.rs"),
            GuardedFhir.asUser(MOTHER, "", "user/*.rs"),
            GuardedFhir.as("dolores", "patient/*.rs"),
            GuardedFhir.asUser(DOCTOR, "dolores", "patient/*.rs"),
            GuardedFhir.asUser(DOCTOR, "", "user/Observation.rs" + LABORATORY))) {
      assertThat(other.get(next).status()).isEqualTo(404);
    }
    assertThat(doctor.get(next).status()).isEqualTo(200);
    GuardedFhir.users()
        .whileTreating(
            List.of("dolores"), () -> assertThat(doctor.get(next).status()).isEqualTo(404));
  }

  @Test
  void sco9_rsv6_aPostedSearchAndABatchObeyTheSameRules() {
    var foreign = foreign("Observation");
    var own = ofPatients(List.of("shella"), "Observation", "").getFirst();

    assertThat(doctor.search("Observation", "patient=kendal").status()).isEqualTo(403);
    assertThat(doctor.search("Observation", "_id=" + foreign).bundle().getTotal()).isZero();
    var batch = new Bundle().setType(BundleType.BATCH);
    for (var url : List.of(own, foreign, "Patient/kendal", "Observation?patient=kendal")) {
      batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(url);
    }
    assertThat(doctor.post("", batch).bundle().getEntry())
        .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
        .containsExactly("200", "404", "404", "403");
  }
}
