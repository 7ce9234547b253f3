package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.TwoDoctors.COLLEAGUE;
import static dev.latchkey.sandbox.access.TwoDoctors.DOCTOR;
import static dev.latchkey.sandbox.access.TwoDoctors.MOTHER;
import static dev.latchkey.sandbox.access.TwoDoctors.PATIENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.FhirCalls.Answer;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.scope.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What `user/` scopes reach: the records that the user may see, all of them and no other.
///
/// Kendal is a patient of another doctor.
class UserAccessTest {
  private static final String LABORATORY = "?category=" + RecordCategory.LABORATORY.token();

  private final FhirCalls doctor = GuardedFhir.asUser(DOCTOR, "", "user/*.rs");
  private final FhirCalls everything = GuardedFhir.asService("system/*.rs");
  private final FhirCalls kendal = GuardedFhir.as("kendal", "patient/*.rs");

  private static List<String> all(FhirCalls client, String search) {
    var page = client.get(search);
    assertThat(page.status()).as(search).isEqualTo(200);
    var ids = new ArrayList<>(page.ids());
    while (page.bundle().getLink("next") != null) {
      page = client.get(page.next());
      assertThat(page.status()).as(search).isEqualTo(200);
      ids.addAll(page.ids());
    }
    return ids;
  }

  /// Without the restricted ones, which are for the patients alone: RestrictedEntriesTest.
  private static List<String> ofPatients(List<String> patients, String type, String query) {
    var search = type + "?_count=200&_security:not=" + TwoRecords.RESTRICTED + query;
    return patients.stream()
        .flatMap(patient -> all(GuardedFhir.as(patient, "patient/*.rs"), search).stream())
        .toList();
  }

  private String one(String type) {
    return ofPatients(List.of("kendal"), type, "").getFirst();
  }

  static Stream<String> entries() {
    return RecordType.ofWildcard().map(RecordType::fhirName);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void sco9_aSearchFindsTheEntriesOfAllPatientsOfTheUserAndNoOther(String type) {
    var found = all(doctor, type + "?_count=200");

    assertThat(found)
        .hasSameElementsAs(ofPatients(PATIENTS, type, ""))
        .isSubsetOf(all(everything, type + "?_count=200"));
  }

  @Test
  void sco9_totalsAndSmallPagesCountThesePatientsOnly() {
    var expected = ofPatients(PATIENTS, "Condition", "");

    assertThat(all(doctor, "Condition?_count=7"))
        .hasSameElementsAs(expected)
        .hasSameSizeAs(expected);
    assertThat(doctor.get("Condition?_summary=count").bundle().getTotal())
        .isEqualTo(expected.size());
    assertThat(doctor.get("Patient").ids())
        .containsExactlyInAnyOrder("Patient/dolores", "Patient/shella", "Patient/alonso");
  }

  @Test
  void sco9_aSearchCanNameOneOfThesePatientsAndNobodyElse() {
    assertThat(all(doctor, "Observation?patient=shella&_count=200"))
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
    var foreign = one("Observation");
    for (var path : List.of(foreign, foreign + "/_history/1", foreign + "/_history")) {
      var missing = path.replaceFirst("/[^/]+", "/no-such-entry");
      assertThat(doctor.get(path).status()).as(path).isEqualTo(404);
      assertThat(doctor.get(path).visible()).isEqualTo(doctor.get(missing).visible());
    }
    assertThat(doctor.get("Patient/kendal").visible())
        .isEqualTo(doctor.get("Patient/no-such-patient").visible());
  }

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
            .replace("OBSERVATION", one("Observation").split("/", 2)[1])
            .replace("ENCOUNTER", one("Encounter").split("/", 2)[1]);

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

    var found = all(mother, "Patient/dolores/$everything?_count=50");

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
    var foreign = one("Observation");
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

  @Test
  void sco9_whatIncludesBringIsLookedAtToo() {
    var mixed = GuardedFhir.asUser(DOCTOR, "dolores", "user/Observation.rs patient/Patient.r");

    var found = all(mixed, "Observation?_include=Observation:subject&_count=200");

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
    assertThat(all(reversed, "Goal?_count=200"))
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

    assertThat(all(app, "Observation?patient=dolores&_count=200"))
        .hasSameElementsAs(ofPatients(List.of("dolores"), "Observation", ""));
    assertThat(all(app, "Observation?patient=shella&_count=200"))
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

  @Test
  void sco9_aPatientsUserScopesAreAboutTheRecordsThatTheyMayShare() {
    var mother = GuardedFhir.asUser(MOTHER, "", "user/*.rs");

    assertThat(mother.get("Patient").ids())
        .containsExactlyInAnyOrder("Patient/dolores", "Patient/graciela");
    for (var patient : List.of("dolores", "graciela")) {
      assertThat(all(mother, "Goal?_count=200&patient=" + patient))
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
    referring.setEncounter(new Reference(one("Encounter")));
    assertThat(writer.post("Observation", referring).status()).isEqualTo(403);
    var foreign = one("Observation");
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

  @Test
  void sco9_userScopesOpenNothingToABackendServiceOrToATokenWithoutUser() {
    assertThat(GuardedFhir.asService("user/*.rs").get("Patient").status()).isEqualTo(403);
    assertThat(
            GuardedFhir.asUser("sub-nobody", "", "user/*.rs system/*.rs").get("Patient").status())
        .isEqualTo(403);
  }
}
