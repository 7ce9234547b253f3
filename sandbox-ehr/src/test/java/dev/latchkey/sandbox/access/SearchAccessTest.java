package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.ANAS_CHILD;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.scope.RecordType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two patients, one token: what can be had, or found out, by searching.
class SearchAccessTest {
  private static final Set<String> DIRECTORY =
      Set.of("Location", "Medication", "Organization", "Practitioner", "PractitionerRole");

  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.rs");

  private static void assertOnlyOf(String patient, FhirCalls.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    for (var entry : answer.bundle().getEntry()) {
      assertOf(patient, entry);
    }
  }

  /// Looks at the JSON, and not through the code under test.
  private static void assertOf(String patient, BundleEntryComponent entry) {
    var resource = entry.getResource();
    var type = resource.fhirType();
    if (type.equals("Patient")) {
      assertThat(resource.getIdElement().getIdPart()).isEqualTo(patient);
    } else if (!DIRECTORY.contains(type) && !(resource instanceof OperationOutcome)) {
      var json = FhirCalls.FHIR.newJsonParser().encodeResourceToString(resource);
      assertThat(json)
          .containsPattern(
              "\"(subject|patient|beneficiary|target)\":\\[?\\{\"reference\":\"Patient/"
                  + patient
                  + "\"");
    }
  }

  static Stream<String> searchableTypes() {
    return RecordType.ofWildcard()
        .map(RecordType::fhirName)
        .filter(type -> !DIRECTORY.contains(type));
  }

  @ParameterizedTest
  @MethodSource("searchableTypes")
  void aSearchWithoutPatientFindsTheOwnRecordOnly(String type) {
    assertOnlyOf(ANA, ana.get(type + "?_count=200"));
    assertOnlyOf(ANA, ana.get(type + "?_count=200&_include=*&_revinclude=*"));
  }

  @ParameterizedTest
  @MethodSource("searchableTypes")
  void totalsCountTheOwnRecordOnly(String type) {
    var entries = ana.get(type + "?_count=200").bundle().getEntry().size();
    assertThat(ana.get(type + "?_summary=count").bundle().getTotal()).isEqualTo(entries);
    assertThat(ana.get(type + "?_total=accurate&_count=1").bundle().getTotal()).isEqualTo(entries);
  }

  @ParameterizedTest
  @MethodSource("searchableTypes")
  void anotherPatientsIdsAreNotFound(String type) {
    var theirs =
        GuardedFhir.as(OTHER, "patient/*.rs").get(type + "?_count=3").ids().stream()
            .map(id -> id.substring(id.indexOf('/') + 1))
            .toList();
    if (!theirs.isEmpty() && !type.equals("Patient")) {
      var answer = ana.get(type + "?_id=" + String.join(",", theirs));
      assertThat(answer.bundle().getEntry()).isEmpty();
      assertThat(answer.bundle().getTotal()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?patient=%s",
        "Observation?patient=Patient/%s",
        "Observation?subject=Patient/%s",
        "Observation?subject:Patient=%s",
        "Observation?patient=dolores,%s",
        "Observation?patient=dolores&patient=%s",
        "Observation?code=8302-2&patient=%s&_summary=count",
        "Condition?patient=%s&_total=accurate",
        "Coverage?beneficiary=%s",
        "Patient?_id=%s"
      })
  void askingForAnotherPatientIsRefusedWhetherOrNotThereIsOne(String search) {
    var existing = ana.get(search.formatted(OTHER));
    assertThat(existing.status()).isEqualTo(403);
    assertThat(existing.visible()).isEqualTo(ana.get(search.formatted("nobody")).visible());
  }

  @Test
  void aFormSearchIsJudgedTheSame() {
    assertOnlyOf(ANA, ana.search("Observation", "_count=200"));
    assertThat(ana.search("Observation", "patient=" + OTHER).status()).isEqualTo(403);
    assertThat(ana.search("Observation", "patient=" + ANA).status()).isEqualTo(200);
    var both =
        ana.send(
            "POST",
            "Observation/_search?patient=" + OTHER,
            "code=8302-2",
            "application/x-www-form-urlencoded");
    assertThat(both.status()).isEqualTo(403);
    assertThat(ana.search("Patient", "_has:Observation:performer:code=1").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "patient/Observation.s, Observation, 200",
    "patient/Observation.rs, Observation, 200",
    "patient/Observation.read, Observation, 200",
    "patient/Observation.r, Observation, 403",
    "patient/Observation.write, Observation, 403",
    "patient/Condition.rs, Observation, 403",
    "openid fhirUser, Observation, 403",
    "patient/Observation.rs, Organization, 403",
    "patient/Organization.rs, Organization, 200",
    "patient/Organization.r, Organization, 403",
    "patient/*.read, Organization, 200"
  })
  void needsTheLetterS(String scopes, String type, int status) {
    assertThat(GuardedFhir.as(ANA, scopes).get(type).status()).isEqualTo(status);
  }

  @Test
  void aDeniedTypeIsRefusedAlikeWithAndWithoutData() {
    var app = GuardedFhir.as(ANA, "patient/Goal.rs");
    var withData = app.get("Condition");
    var without = app.get("Condition?code=nothing-has-this");
    assertThat(withData.status()).isEqualTo(403);
    assertThat(withData.visible()).isEqualTo(without.visible());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?_has:Observation:patient:code=8302-2",
        "Patient?_has:Observation:patient:code=nothing",
        "Patient?_has:Condition:patient:_id=x",
        "Patient?_revinclude=Observation:patient"
      })
  void reverseChainsTellNothingAboutUngrantedTypes(String search) {
    var app = GuardedFhir.as(ANA, "patient/Patient.rs");
    assertThat(app.get(search).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?encounter.class=AMB",
        "Observation?encounter:Encounter.class=AMB",
        "Observation?patient.birthdate=ge1900",
        "Observation?subject:Patient.name=x",
        "Observation?_sort=encounter.date",
        "Observation?_include=Observation:encounter",
        "Observation?_include=Observation:patient"
      })
  void rsv6_chainsAndIncludesTellNothingAboutUngrantedTypes(String search) {
    var app = GuardedFhir.as(ANA, "patient/Observation.rs");
    var answer = app.get(search);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("www-authenticate")).contains("insufficient_scope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Organization?_has:Encounter:service-provider:patient=kendal",
        "Practitioner?_has:Encounter:participant:patient=kendal",
        "Organization?_revinclude=Encounter:service-provider",
        "Location?_revinclude=*",
        "Patient?_has:Observation:performer:code=8302-2",
        "Patient?link:Patient.name=Kendal",
        "Observation?performer:Patient.name=Kendal",
        "Observation?_filter=subject eq Patient/kendal",
        "Observation?_query=everything",
        "Observation?_content=kendal",
        "Observation?_text=kendal",
        "Patient?_list=1",
        "Observation?_includeDeleted=both"
      })
  void aFullTokenFindsOutNothingAboutOthersEither(String search) {
    assertThat(ana.get(search).status()).isIn(400, 403);
  }

  @Test
  void grantedCrossingsWorkAndStayInTheRecord() {
    assertThat(ana.get("Patient?_has:Observation:patient:code=8302-2").ids())
        .containsExactly("Patient/" + ANA);
    assertThat(ana.get("Patient?_has:Observation:patient:code=nothing").ids()).isEmpty();
    assertOnlyOf(ANA, ana.get("Observation?encounter.class=AMB&_count=200"));
    assertThat(ana.get("Observation?patient.name=Dolores&_count=1").ids()).isNotEmpty();
    assertThat(ana.get("Observation?patient.name=Kendal").ids()).isEmpty();
    assertOnlyOf(ANA, ana.get("Observation?subject:Patient.name=Dolores&_count=1"));
  }

  @Test
  void includesOfUngrantedTypesAreLeftOut() {
    var app = GuardedFhir.as(ANA, "patient/Encounter.rs patient/Location.rs");
    for (var along : List.of("_include=*", "_revinclude=*")) {
      var answer = app.get("Encounter?_count=50&" + along);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.ids()).isNotEmpty().allMatch(id -> id.matches("(Encounter|Location)/.*"));
    }
    // It would bring the places that ungranted types refer to.
    assertThat(app.get("Encounter?_include=*&_revinclude=*").status()).isEqualTo(403);
  }

  @Test
  void grantedIncludesComeAlong() {
    var answer =
        ana.get("Observation?_include=Observation:patient&_include=Observation:encounter&_count=5");
    assertOnlyOf(ANA, answer);
    assertThat(answer.ids()).contains("Patient/" + ANA).anyMatch(id -> id.startsWith("Encounter/"));
    assertOnlyOf(ANA, ana.get("Encounter?_revinclude=Observation:encounter&_count=5"));
    assertOnlyOf(ANA, ana.get("Patient?_revinclude=Provenance:target"));
  }

  @Test
  void anIncludeIsFilteredWhateverSelectsTheElements() {
    var app = GuardedFhir.as(ANA, "patient/Encounter.rs");
    for (var look : List.of("_elements=id", "_summary=true", "_summary=text")) {
      assertThat(app.get("Encounter?_include=*&" + look).ids())
          .allMatch(id -> id.startsWith("Encounter/"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation/_history",
        "_history",
        "Patient/_history",
        "",
        "?_type=Observation",
        "Patient/kendal/Observation",
        "Patient/kendal/*",
        "Observation/$lastn?patient=kendal",
        "Patient/$everything",
        "Patient/$match",
        "$export",
        "Patient/$export",
        "Patient/dolores/$export",
        "$graphql?query={PatientList{id}}",
        "Patient/kendal/$graphql",
        "$get-resource-counts",
        "$meta",
        "Patient/kendal/$meta",
        "Patient/dolores/$validate",
        "Patient/dolores/$expunge",
        "$reindex"
      })
  void whatSpansPatientsIsNotThere(String path) {
    var answer = ana.get(path.replace("{", "%7B").replace("}", "%7D"));
    assertThat(answer.status()).isIn(400, 403, 404, 405);
    assertThat(answer.problem()).isNotBlank();
  }

  @Test
  void theEmptyTokenSearchesNothing() {
    var nobody =
        new FhirCalls(
            GuardedFhir.running().fhirBase(),
            GuardedFhir.token(claims -> claims.claim("scope", "patient/*.rs")));
    for (var search : List.of("Patient", "Observation", "Organization", "Patient/" + ANAS_CHILD)) {
      assertThat(nobody.get(search).status()).isEqualTo(403);
    }
  }
}
