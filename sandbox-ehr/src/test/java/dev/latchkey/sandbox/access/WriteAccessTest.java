package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.FhirCalls.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two patients, one token that may write.
class WriteAccessTest {
  private static final String AMEND =
      "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]";

  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.cruds");
  private final FhirCalls other = GuardedFhir.as(OTHER, "patient/*.cruds");

  private static String move(String patient) {
    return AMEND.replace("/status", "/subject/reference").replace("amended", "Patient/" + patient);
  }

  private static Observation about(String patient) {
    return new Observation()
        .setStatus(ObservationStatus.FINAL)
        .setCode(new CodeableConcept().setText("written by a test"))
        .setSubject(new Reference("Patient/" + patient));
  }

  private static String created(FhirCalls app, String patient) {
    var answer = app.post("Observation", about(patient));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.header("location").replaceAll(".*/(Observation/[^/]+)/.*", "$1");
  }

  private static Answer updated(FhirCalls app, String id, String patient) {
    var observation = about(patient);
    observation.setId(id.replace("Observation/", ""));
    return app.put(id, observation);
  }

  @Test
  void theOwnRecordCanBeWrittenWithTheScopesForIt() {
    var id = created(ana, ANA);
    assertThat(ana.get(id).status()).isEqualTo(200);
    assertThat(updated(ana, id, ANA).status()).isEqualTo(200);
    assertThat(ana.patch(id, AMEND).status()).isEqualTo(200);
    assertThat(ana.get(id + "/_history").bundle().getEntry()).hasSize(2);
    assertThat(ana.delete(id).status()).isEqualTo(200);
    assertThat(ana.get(id).status()).isEqualTo(404);
  }

  @Test
  void aSearchThatIsRepeatedFindsWhatWasWrittenInBetween() {
    var search = "Observation?_count=200";
    assertThat(ana.get(search).status()).isEqualTo(200);

    var id = created(ana, ANA);

    assertThat(ana.get(search).ids()).contains(id);
    assertThat(ana.delete(id).status()).isEqualTo(200);
    assertThat(ana.get(search).ids()).doesNotContain(id);
  }

  @ParameterizedTest
  @CsvSource({
    "patient/Observation.c, 201, 403, 403, 403",
    "patient/Observation.u, 403, 200, 200, 403",
    "patient/Observation.d, 403, 403, 403, 200",
    "patient/Observation.rs, 403, 403, 403, 403",
    "patient/Observation.read, 403, 403, 403, 403",
    "patient/Observation.write, 201, 200, 200, 200",
    "patient/Observation.cud, 201, 200, 200, 200",
    "patient/Observation.*, 201, 200, 200, 200",
    "patient/Condition.cruds, 403, 403, 403, 403",
    "openid fhirUser, 403, 403, 403, 403"
  })
  void eachLetterAllowsItsInteraction(
      String scopes, int create, int update, int patch, int delete) {
    var app = GuardedFhir.as(ANA, scopes);
    var id = created(ana, ANA);
    assertThat(app.post("Observation", about(ANA)).status()).isEqualTo(create);
    assertThat(updated(app, id, ANA).status()).isEqualTo(update);
    assertThat(app.patch(id, AMEND).status()).isEqualTo(patch);
    assertThat(app.delete(id).status()).isEqualTo(delete);
  }

  @Test
  void writingDoesNotIncludeReading() {
    var app = GuardedFhir.as(ANA, "patient/Observation.cud");
    var id = created(ana, ANA);
    assertThat(app.post("Observation", about(ANA)).body()).isEmpty();
    assertThat(updated(app, id, ANA).body()).isEmpty();
    assertThat(app.patch(id, AMEND).body()).isEmpty();
    var asked =
        app.send(
            "PATCH", id, AMEND, "application/json-patch+json", "Prefer", "return=representation");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.body()).isEmpty();
    assertThat(app.get(id).status()).isEqualTo(403);
  }

  @Test
  void nothingCanBeWrittenIntoAnotherRecord() {
    var existing = ana.post("Observation", about(OTHER));
    var missing = ana.post("Observation", about("nobody"));
    assertThat(existing.status()).isEqualTo(403);
    assertThat(existing.visible()).isEqualTo(missing.visible());
    assertThat(
            ana.post("Observation", new Observation().setStatus(ObservationStatus.FINAL)).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {OTHER, "nobody"})
  void aSubjectCannotBeMoved(String patient) {
    var id = created(ana, ANA);
    assertThat(updated(ana, id, patient).status()).isEqualTo(403);
    assertThat(ana.patch(id, move(patient)).status()).isEqualTo(403);
    assertThat(ana.get(id).status()).isEqualTo(200);
    assertThat(ana.get(id + "/_history").bundle().getEntry()).hasSize(1);
  }

  @Test
  void someoneElsesResourceAnswersLikeAMissingOneToEveryChange() {
    var theirs = created(other, OTHER);
    var missing = "Observation/nobody-has-this";
    assertThat(ana.delete(theirs).visible()).isEqualTo(ana.delete(missing).visible());
    assertThat(ana.patch(theirs, AMEND).visible()).isEqualTo(ana.patch(missing, AMEND).visible());
    assertThat(updated(ana, theirs, ANA).visible()).isEqualTo(updated(ana, missing, ANA).visible());
    assertThat(updated(ana, theirs, ANA).status()).isEqualTo(404);
    assertThat(other.get(theirs + "/_history").bundle().getEntry()).hasSize(1);
  }

  @Test
  void theIdInAHeaderDoesNotCount() {
    var theirs = created(other, OTHER);
    var mine = created(ana, ANA);
    var alsoMine = created(ana, ANA);
    for (var elsewhere : List.of(theirs, alsoMine)) {
      var body = about(ANA).setStatus(ObservationStatus.CORRECTED).setId(mine);
      var answer =
          ana.send(
              "PUT",
              mine,
              FhirCalls.FHIR.newJsonParser().encodeResourceToString(body),
              "application/fhir+json",
              "Content-Location",
              GuardedFhir.running().fhirBase() + "/" + elsewhere);
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(ana.get(mine + "/_history").bundle().getEntry()).hasSize(2);
    assertThat(ana.get(alsoMine + "/_history").bundle().getEntry()).hasSize(1);
    assertThat(other.get(theirs + "/_history").bundle().getEntry()).hasSize(1);
  }

  static Stream<Observation> reachingOut() {
    var encounter =
        GuardedFhir.as(OTHER, "patient/*.rs").get("Encounter?_count=1").ids().getFirst();
    return Stream.of(
        about(ANA).setEncounter(new Reference(encounter)),
        about(ANA).setEncounter(new Reference("Encounter/nobody-has-this")),
        about(ANA).setEncounter(new Reference("Encounter?identifier=1")),
        about(ANA).setEncounter(new Reference("urn:uuid:1")),
        about(ANA).addPerformer(new Reference("Patient/" + OTHER)),
        about(ANA).addPerformer(new Reference("Patient/nobody")),
        about(ANA).addPerformer(new Reference("Patient?name=Kendal")),
        about(ANA).addFocus(new Reference("Group/1")),
        about(ANA).addDerivedFrom(new Reference("https://evil.example/fhir/Observation/1")));
  }

  @ParameterizedTest
  @MethodSource("reachingOut")
  void noReferenceLeavesTheRecord(Observation observation) {
    var answer = ana.post("Observation", observation);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.visible()).isEqualTo(ana.post("Observation", about(OTHER)).visible());
  }

  @Test
  void referencesWithinTheRecordAndToTheDirectoryAreFine() {
    var encounter = ana.get("Encounter?_count=1").ids().getFirst();
    var practitioner = ana.get("Practitioner?_count=1").ids().getFirst();
    var observation =
        about(ANA).setEncounter(new Reference(encounter)).addPerformer(new Reference(practitioner));
    assertThat(ana.post("Observation", observation).status()).isEqualTo(201);
  }

  @Test
  void conditionalWritesAreRefusedBeforeTheySearch() {
    var json = FhirCalls.FHIR.newJsonParser().encodeResourceToString(about(ANA));
    var condition = "patient=" + OTHER;
    var type = "application/fhir+json";
    for (var answer :
        List.of(
            ana.send("POST", "Observation", json, type, "If-None-Exist", condition),
            ana.send("PUT", "Observation?" + condition, json, type),
            ana.send("PATCH", "Observation?" + condition, AMEND, "application/json-patch+json"),
            ana.delete("Observation?" + condition),
            ana.delete("Observation"),
            ana.delete("Observation?_id=1&_expunge=true"))) {
      assertThat(answer.status()).as(answer.body()).isIn(400, 403);
    }
  }

  @Test
  void aDeleteDoesNotCascadeAndNamesNobody() {
    var encounter = ana.get("Encounter?_count=1").ids().getFirst();
    for (var answer :
        List.of(
            ana.delete(encounter),
            ana.send("DELETE", encounter, null, null, "X-Cascade", "delete"))) {
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.body()).doesNotContain("Encounter/", "Observation/", ANA);
    }
    assertThat(ana.delete(encounter + "?_cascade=delete").status()).isEqualTo(403);
    assertThat(ana.get(encounter).status()).isEqualTo(200);
  }

  @Test
  void thePatientCannotBeCopiedAndTheDirectoryIsNobodysToChange() {
    assertThat(ana.post("Patient", new Patient()).status()).isEqualTo(403);
    assertThat(ana.post("Organization", new Organization().setName("x")).status()).isEqualTo(403);
    var id = ana.get("Organization?_count=1").ids().getFirst();
    assertThat(ana.put(id, new Organization().setName("x").setId(id)).status()).isEqualTo(403);
    assertThat(ana.delete(id).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "null", "[]", "{\"resourceType\":\"Condition\"}", "<x/>", ""})
  void anUnreadableBodyIsABadRequest(String body) {
    var answer = ana.send("POST", "Observation", body, "application/fhir+json");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isNotBlank().doesNotContain("HAPI-");
  }
}
