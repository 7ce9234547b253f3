package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.PatientsEntries.foreign;
import static dev.latchkey.sandbox.access.PatientsEntries.ofPatients;
import static dev.latchkey.sandbox.access.TwoDoctors.DOCTOR;
import static dev.latchkey.sandbox.access.TwoDoctors.MOTHER;
import static dev.latchkey.sandbox.access.TwoDoctors.PATIENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.scope.RecordType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `user/` scopes reach: the records that the user may see, all of them and no other.
class UserAccessTest {
  private final FhirCalls doctor = GuardedFhir.asUser(DOCTOR, "", "user/*.rs");
  private final FhirCalls everything = GuardedFhir.asService("system/*.rs");

  static Stream<String> entries() {
    return RecordType.ofWildcard().map(RecordType::fhirName);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void sco9_aSearchFindsTheEntriesOfAllPatientsOfTheUserAndNoOther(String type) {
    var found = doctor.all(type + "?_count=200");

    assertThat(found)
        .hasSameElementsAs(ofPatients(PATIENTS, type, ""))
        .isSubsetOf(everything.all(type + "?_count=200"));
  }

  @Test
  void sco9_totalsAndSmallPagesCountThesePatientsOnly() {
    var expected = ofPatients(PATIENTS, "Condition", "");

    assertThat(doctor.all("Condition?_count=7"))
        .hasSameElementsAs(expected)
        .hasSameSizeAs(expected);
    assertThat(doctor.get("Condition?_summary=count").bundle().getTotal())
        .isEqualTo(expected.size());
    assertThat(doctor.get("Patient").ids())
        .containsExactlyInAnyOrder("Patient/dolores", "Patient/shella", "Patient/alonso");
  }

  @Test
  void sco9_aSearchCanNameOneOfThesePatientsAndNobodyElse() {
    assertThat(doctor.all("Observation?patient=shella&_count=200"))
        .hasSameElementsAs(ofPatients(List.of("shella"), "Observation", ""));
    assertThat(doctor.get("Observation?patient=shella,dolores&_count=5").status()).isEqualTo(200);
    for (var search :
        List.of(
            "Observation?patient=kendal",
            "Observation?patient=shella,kendal",
            "Observation?patient=shella&subject=Patient/kendal",
            "Observation?subject:Patient=no-such-patient",
            "Patient?_id=kendal")) {
      assertThat(doctor.get(search).status()).as(search).isEqualTo(403);
      assertThat(doctor.get(search).problem()).contains("another patient");
    }
  }

  @Test
  void sco9_readsVersionsAndHistoryOfThesePatientsOnly() {
    for (var patient : PATIENTS) {
      var id = ofPatients(List.of(patient), "Observation", "").getFirst();
      for (var path : List.of(id, id + "/_history/1", id + "/_history", "Patient/" + patient)) {
        assertThat(doctor.get(path).status()).as(path).isEqualTo(200);
      }
    }
    var foreign = foreign("Observation");
    for (var path : List.of(foreign, foreign + "/_history/1", foreign + "/_history")) {
      var missing = path.replaceFirst("/[^/]+", "/no-such-entry");
      assertThat(doctor.get(path).status()).as(path).isEqualTo(404);
      assertThat(doctor.get(path).visible()).isEqualTo(doctor.get(missing).visible());
    }
    assertThat(doctor.get("Patient/kendal").visible())
        .isEqualTo(doctor.get("Patient/no-such-patient").visible());
  }

  @Test
  void sco9_aPatientsUserScopesAreAboutTheRecordsThatTheyMayShare() {
    var mother = GuardedFhir.asUser(MOTHER, "", "user/*.rs");

    assertThat(mother.get("Patient").ids())
        .containsExactlyInAnyOrder("Patient/dolores", "Patient/graciela");
    for (var patient : List.of("dolores", "graciela")) {
      assertThat(mother.all("Goal?_count=200&patient=" + patient))
          .hasSameElementsAs(ofPatients(List.of(patient), "Goal", ""));
    }
    assertThat(mother.get("Goal").status()).isEqualTo(400);
    assertThat(mother.get("Goal").problem()).startsWith("Name one patient");
    assertThat(mother.get("Patient/shella").status()).isEqualTo(404);
  }

  @Test
  void sco9_theScopesOfAUserWhoMaySeeNobodyAreWorthNothing() {
    GuardedFhir.users()
        .whileTreating(
            List.of(),
            () -> {
              for (var path :
                  List.of("Patient", "Patient/dolores", "Observation", "Organization")) {
                assertThat(doctor.get(path).status()).as(path).isEqualTo(403);
              }
            });
    var stranger = GuardedFhir.asUser("sub-nobody", "dolores", "user/*.rs patient/Goal.rs");
    assertThat(stranger.get("Patient/dolores").status()).isEqualTo(403);
    assertThat(stranger.get("Goal").status()).isEqualTo(200);
  }

  @Test
  void sco9_userScopesOpenNothingToABackendServiceOrToATokenWithoutUser() {
    assertThat(GuardedFhir.asService("user/*.rs").get("Patient").status()).isEqualTo(403);
    assertThat(
            GuardedFhir.asUser("sub-nobody", "", "user/*.rs system/*.rs").get("Patient").status())
        .isEqualTo(403);
  }
}
