package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.Exports.SERVICE;
import static dev.latchkey.sandbox.access.Exports.exported;
import static dev.latchkey.sandbox.access.Exports.finished;
import static dev.latchkey.sandbox.access.Exports.start;
import static dev.latchkey.sandbox.access.Exports.started;
import static dev.latchkey.sandbox.access.Exports.types;
import static dev.latchkey.sandbox.access.Exports.urls;
import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may export what, and whose a job and its files are (FHIR Bulk Data Access 2.0; SMART 2.2,
/// backend services).
class ExportAccessTest {
  private final FhirCalls neighbour = GuardedFhir.asService(OneService.NEIGHBOUR, "system/*.rs");

  @Test
  void bks4_anExportHoldsWhatWasAskedForOfEverybody() throws ParseException {
    var manifest = finished(started(SERVICE, "$export?_type=Patient,Goal"));

    assertThat(manifest).containsEntry("requiresAccessToken", true);
    assertThat(exported(manifest, "Patient")).hasSameElementsAs(all("Patient"));
    assertThat(exported(manifest, "Goal")).hasSameElementsAs(all("Goal"));
    assertThat(types(manifest)).containsOnly("Patient", "Goal");
  }

  @Test
  void bks5_withoutATypeItHoldsTheTypesOfTheScopes() throws ParseException {
    var narrow = GuardedFhir.asService("system/Goal.rs system/Organization.rs system/Device.r");

    assertThat(types(finished(started(narrow, "$export")))).containsOnly("Goal", "Organization");
    assertThat(types(finished(started(narrow, "Patient/$export")))).containsOnly("Goal");
  }

  @Test
  void bks4_anExportOfMoreThanAPageIsComplete() throws ParseException {
    var visits = SERVICE.get("Encounter?_summary=count").bundle().getTotal();

    assertThat(exported(finished(started(SERVICE, "$export?_type=Encounter")), "Encounter"))
        .doesNotHaveDuplicates()
        .hasSize(visits)
        .hasSizeGreaterThan(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "system/Goal.rs  | $export?_type=Goal,Patient | system/Patient.r",
        "system/Goal.r   | $export?_type=Goal         | system/Goal.s",
        "system/Goal.s   | $export?_type=Goal         | system/Goal.r",
        "system/Goal.rs  | $export?_type=Binary       | system/Binary.r",
        "system/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category%7Claboratory"
            + " | $export?_type=Observation | system/Observation.r",
        "openid          | $export                    | system/Patient.r"
      })
  void bks5_aTypeBeyondTheScopesIsRefused(String scopes, String export, String lacking) {
    var answer = start(GuardedFhir.asService(scopes), export);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("www-authenticate"))
        .contains("insufficient_scope", "scope=\"" + lacking + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "$export?_type=Goal&_typeFilter=Goal%3Fpatient.name%3Dx, 403",
    "$export?patient=Patient/kendal, 403",
    "Patient/kendal/$export, 400",
    "Observation/$export, 400"
  })
  void bks5_whatWouldSearchOrPickPatientsIsNotOffered(String export, int status) {
    assertThat(start(SERVICE, export).status()).isEqualTo(status);
  }

  @Test
  void bks5_aBodyCarriesNoParametersPastTheCheck() {
    var answer =
        SERVICE.send(
            "POST",
            "$export",
            "{\"resourceType\":\"Parameters\"}",
            "application/fhir+json",
            "Prefer",
            "respond-async");
    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void bks4_needsAServicesToken() {
    assertThat(start(GuardedFhir.withoutToken(), "$export").status()).isEqualTo(401);
    assertThat(start(GuardedFhir.as(ANA, "patient/*.rs system/*.rs"), "$export").status())
        .isEqualTo(403);
  }

  @Test
  void bks5_rsv11_aJobAndItsFilesAreForWhoStartedItAndReadingThemIsRecorded()
      throws ParseException {
    var job = started(SERVICE, "$export?_type=Goal");
    var file = urls(finished(job), "Goal").getFirst();

    var patient = GuardedFhir.as(ANA, "patient/*.rs");
    assertThat(neighbour.get(job).status()).isEqualTo(404);
    assertThat(neighbour.delete(job).status()).isEqualTo(404);
    assertThat(patient.get(job).status()).isEqualTo(403);
    assertThat(patient.delete(job).status()).isEqualTo(403);
    for (var stranger : List.of(neighbour, patient)) {
      assertThat(stranger.get(file).status()).isEqualTo(404);
      assertThat(stranger.get(file + "/_history/1").status()).isEqualTo(404);
    }
    assertThat(GuardedFhir.withoutToken().get(file).status()).isEqualTo(401);
    assertThat(SERVICE.get(file).status()).isEqualTo(200);
    assertThat(SERVICE.get(file + "/_history/1").body()).isEqualTo(SERVICE.get(file).body());
    assertThat(SERVICE.get(file).header("content-type")).startsWith("application/fhir+ndjson");
    assertThat(SERVICE.get(job.replaceAll("_jobId=.*", "_jobId=none")).status()).isEqualTo(404);
    assertThat(readersOf(file.substring(file.indexOf("Binary/"))))
        .isNotEmpty()
        .containsOnly(OneService.ID.value());
  }

  /// Those who got it, as the log has them. It is in no patient's log: whose entries are in a file
  /// is not looked at.
  private static List<String> readersOf(String file) {
    return GuardedFhir.asService("system/AuditEvent.rs")
        .get("AuditEvent?entity=" + file)
        .bundle()
        .getEntry()
        .stream()
        .map(entry -> (AuditEvent) entry.getResource())
        .filter(event -> event.getEntity().size() == 1)
        .map(event -> event.getAgentFirstRep().getWho().getIdentifier().getValue())
        .toList();
  }

  @Test
  void bks7_aDeletedJobIsGoneWithItsFiles() throws ParseException {
    var running = started(SERVICE, "$export?_type=Goal");
    assertThat(SERVICE.delete(running).status()).isEqualTo(202);
    assertThat(SERVICE.get(running).status()).isEqualTo(404);
    assertThat(SERVICE.get(running).problem()).isNotEmpty();

    var done = started(SERVICE, "$export?_type=Goal");
    var file = urls(finished(done), "Goal").getFirst();
    assertThat(SERVICE.delete(done).status()).isEqualTo(202);
    assertThat(SERVICE.get(done).status()).isEqualTo(404);
    assertThat(SERVICE.get(file).status()).isEqualTo(404);
  }

  private List<String> all(String type) {
    return SERVICE.get(type + "?_count=200").ids();
  }
}
