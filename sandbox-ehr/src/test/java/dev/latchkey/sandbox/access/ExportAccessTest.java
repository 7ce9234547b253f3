package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.sandbox.access.FhirCalls.Answer;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may export what, and whose a job and its files are (FHIR Bulk Data Access 2.0; SMART 2.2,
/// backend services).
class ExportAccessTest {
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final FhirCalls service = GuardedFhir.asService("system/*.rs");
  private final FhirCalls neighbour = GuardedFhir.asService(OneService.NEIGHBOUR, "system/*.rs");

  @Test
  void bks4_anExportHoldsWhatWasAskedForOfEverybody() throws ParseException {
    var manifest = finished(started(service, "$export?_type=Patient,Goal"));

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
  void bks6_anExportOfAGroupHoldsItsMembersAndNobodyElse() throws ParseException {
    var manifest =
        finished(started(service, "Group/of-dr-gusikowski/$export?_type=Patient,Goal,Coverage"));

    assertThat(exported(manifest, "Patient"))
        .containsExactlyInAnyOrder("Patient/dolores", "Patient/shella", "Patient/alonso");
    for (var type : List.of("Goal", "Coverage")) {
      var members =
          Stream.of("dolores", "shella", "alonso")
              .flatMap(
                  patient -> service.get(type + "?_count=200&patient=" + patient).ids().stream())
              .toList();
      assertThat(exported(manifest, type)).hasSameElementsAs(members);
    }
    assertThat(types(manifest)).containsOnly("Patient", "Goal", "Coverage");
  }

  /// They are for the patients' own apps, and so for no backend service.
  @Test
  void bks6_rsv6_noExportHoldsRestrictedEntries() throws ParseException {
    var restricted = "Encounter?_count=200&_security=" + TwoRecords.RESTRICTED;
    var secrets = GuardedFhir.as("shella", "patient/*.rs").get(restricted).ids();
    assertThat(secrets).isNotEmpty();

    for (var export : List.of("$export", "Patient/$export", "Group/of-dr-gusikowski/$export")) {
      var visits = exported(finished(started(service, export + "?_type=Encounter")), "Encounter");
      assertThat(visits).as(export).isNotEmpty().doesNotContainAnyElementsOf(secrets);
    }
  }

  @Test
  void bks4_anExportOfMoreThanAPageIsComplete() throws ParseException {
    var visits = service.get("Encounter?_summary=count").bundle().getTotal();

    assertThat(exported(finished(started(service, "$export?_type=Encounter")), "Encounter"))
        .doesNotHaveDuplicates()
        .hasSize(visits)
        .hasSizeGreaterThan(200);
  }

  @Test
  void bks6_withoutATypeItHoldsTheTypesOfTheScopesSinceATime() throws ParseException {
    var narrow = GuardedFhir.asService("system/Goal.rs system/Group.r system/Organization.rs");

    assertThat(types(finished(started(narrow, "Group/children/$export")))).containsOnly("Goal");
    var none = finished(started(narrow, "Group/children/$export?_since=2100-01-01T00:00:00Z"));
    assertThat(types(none)).isEmpty();
  }

  @Test
  void bks6_aGroupsExportNeedsTheGroup() {
    var without = start(GuardedFhir.asService("system/Goal.rs"), "Group/children/$export");
    assertThat(without.status()).isEqualTo(403);
    assertThat(without.header("www-authenticate"))
        .contains("insufficient_scope", "scope=\"system/Group.r\"");
    var withoutTypes = start(GuardedFhir.asService("system/Group.rs"), "Group/children/$export");
    assertThat(withoutTypes.status()).isEqualTo(403);
    var beyond =
        start(
            GuardedFhir.asService("system/Group.rs system/Goal.rs"),
            "Group/children/$export?_type=Goal,Patient");
    assertThat(beyond.header("www-authenticate")).contains("scope=\"system/Patient.r\"");
    assertThat(start(service, "Group/no-such-group/$export").status()).isEqualTo(404);
    assertThat(start(service, "Group/$export").status()).isEqualTo(400);
    assertThat(start(GuardedFhir.as(ANA, "patient/*.rs"), "Group/children/$export").status())
        .isEqualTo(403);
    assertThat(start(service, "Group/children/$export?patient=Patient/kendal").status())
        .isEqualTo(403);
  }

  @Test
  void bks6_groupsAreForServicesOnly() {
    assertThat(GuardedFhir.asService("system/Group.rs").get("Group").ids())
        .containsExactlyInAnyOrder("Group/of-dr-gusikowski", "Group/children");
    assertThat(GuardedFhir.asService("system/Patient.rs").get("Group/children").status())
        .isEqualTo(403);
    for (var scopes : List.of("patient/*.rs", "patient/Group.rs user/Group.rs")) {
      var app = GuardedFhir.as(ANA, scopes);
      assertThat(app.get("Group").status()).isEqualTo(403);
      assertThat(app.get("Group/children").status()).isEqualTo(403);
    }
  }

  @Test
  void bks6_aGroupsJobAndFilesAreForWhoStartedIt() throws ParseException {
    var job = started(service, "Group/children/$export?_type=Goal");
    var file = urls(finished(job), "Goal").getFirst();

    assertThat(neighbour.get(job).status()).isEqualTo(404);
    assertThat(neighbour.get(file).status()).isEqualTo(404);
    assertThat(service.delete(job).status()).isEqualTo(202);
    assertThat(service.get(file).status()).isEqualTo(404);
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
    assertThat(start(service, export).status()).isEqualTo(status);
  }

  @Test
  void bks5_aBodyCarriesNoParametersPastTheCheck() {
    var answer =
        service.send(
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
    var job = started(service, "$export?_type=Goal");
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
    assertThat(service.get(file).status()).isEqualTo(200);
    assertThat(service.get(file + "/_history/1").body()).isEqualTo(service.get(file).body());
    assertThat(service.get(file).header("content-type")).startsWith("application/fhir+ndjson");
    assertThat(service.get(job.replaceAll("_jobId=.*", "_jobId=none")).status()).isEqualTo(404);
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
    var running = started(service, "$export?_type=Goal");
    assertThat(service.delete(running).status()).isEqualTo(202);
    assertThat(service.get(running).status()).isEqualTo(404);
    assertThat(service.get(running).problem()).isNotEmpty();

    var done = started(service, "$export?_type=Goal");
    var file = urls(finished(done), "Goal").getFirst();
    assertThat(service.delete(done).status()).isEqualTo(202);
    assertThat(service.get(done).status()).isEqualTo(404);
    assertThat(service.get(file).status()).isEqualTo(404);
  }

  private static Answer start(FhirCalls client, String export) {
    return client.send("GET", export, null, null, "Prefer", "respond-async");
  }

  /// The address of the job.
  private static String started(FhirCalls client, String export) {
    var answer = start(client, export);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.header("content-location");
  }

  private Map<String, Object> finished(String job) throws ParseException {
    var deadline = System.nanoTime() + MOST.toNanos();
    var answer = service.get(job);
    while (answer.status() == 202 && System.nanoTime() < deadline) {
      assertThat(answer.header("retry-after")).isEqualTo("2");
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = service.get(job);
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSONObjectUtils.parse(answer.body());
  }

  private static List<Map<String, Object>> output(Map<String, Object> manifest) {
    try {
      return List.of(
          Optional.ofNullable(JSONObjectUtils.getJSONObjectArray(manifest, "output"))
              .orElseThrow());
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> types(Map<String, Object> manifest) {
    return output(manifest).stream().map(file -> (String) file.get("type")).toList();
  }

  private static List<String> urls(Map<String, Object> manifest, String type) {
    return output(manifest).stream()
        .filter(file -> type.equals(file.get("type")))
        .map(file -> (String) file.get("url"))
        .toList();
  }

  /// Ids of all resources in the files of this type, as `Type/id`.
  private List<String> exported(Map<String, Object> manifest, String type) {
    return urls(manifest, type).stream()
        .flatMap(url -> Arrays.stream(service.get(url).body().split("\n", -1)))
        .filter(line -> !line.isBlank())
        .map(line -> (Resource) FhirCalls.FHIR.newJsonParser().parseResource(line))
        .map(resource -> resource.getIdElement().toUnqualifiedVersionless().getValue())
        .toList();
  }

  private List<String> all(String type) {
    return service.get(type + "?_count=200").ids();
  }
}
