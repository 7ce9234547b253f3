package dev.latchkey.sandbox.contents;

import static dev.latchkey.sandbox.contents.SyntheticRecords.ALL;
import static dev.latchkey.sandbox.contents.SyntheticRecords.DATA;
import static dev.latchkey.sandbox.contents.SyntheticRecords.RECORDS;
import static dev.latchkey.sandbox.contents.SyntheticRecords.json;
import static dev.latchkey.sandbox.contents.SyntheticRecords.name;
import static dev.latchkey.sandbox.contents.SyntheticRecords.ofType;
import static dev.latchkey.sandbox.contents.SyntheticRecords.patients;
import static dev.latchkey.sandbox.contents.SyntheticRecords.tree;
import static dev.latchkey.sandbox.contents.SyntheticRecords.visit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.scope.RecordType;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the committed records promise to whoever loads them.
class SyntheticDataTest {
  @Test
  void theIndexTellsTheTruth() throws GeneralSecurityException {
    for (var bundle : DATA.bundles()) {
      var digest = MessageDigest.getInstance("SHA-256").digest(json(bundle.file()));
      assertThat(HexFormat.of().formatHex(digest)).as(bundle.file()).isEqualTo(bundle.sha256());
      assertThat(RECORDS.get(bundle.file())).as(bundle.file()).hasSize(bundle.resources());
    }
    var counted = new TreeMap<String, Integer>();
    ALL.values().forEach(r -> counted.merge(r.path("resourceType").asText(), 1, Integer::sum));
    assertThat(counted).isEqualTo(DATA.types());
    assertThat(ALL).hasSize(DATA.resources());
  }

  @Test
  void bundlesAreSmallTransactionsOfPuts() {
    for (var bundle : DATA.bundles()) {
      var tree = tree(bundle.file());
      assertThat(tree.path("type").asText()).isEqualTo("transaction");
      assertThat(tree.path("entry")).hasSizeLessThanOrEqualTo(500);
      for (JsonNode entry : tree.path("entry")) {
        var resource = entry.path("resource");
        assertThat(entry.at("/request/method").asText()).isEqualTo("PUT");
        assertThat(entry.at("/request/url").asText()).isEqualTo(name(resource));
        assertThat(resource.path("id").asText()).matches("[a-z][a-z0-9.-]{0,63}");
      }
    }
  }

  @Test
  void itStaysQuickToLoad() {
    assertThat(DATA.resources()).isBetween(2_000, 4_000);
  }

  @Test
  void everyTypeThatAPatientCanShareIsThere() {
    assertThat(DATA.types().keySet())
        .containsAll(RecordType.ofWildcard().map(RecordType::fhirName).toList());
  }

  @Test
  void patientsSpanAgesAndSexes() {
    var births = patients().stream().map(p -> LocalDate.parse(p.path("birthDate").asText()));
    var ages = births.map(born -> born.until(LocalDate.of(2026, 11, 1)).getYears()).toList();
    assertThat(ages).hasSizeBetween(12, 15).anyMatch(age -> age < 2).anyMatch(age -> age >= 75);
    assertThat(ages.stream().filter(age -> age < 13)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(patients()).map(p -> p.path("gender").asText()).contains("female", "male");
    assertThat(patients()).noneMatch(p -> p.has("deceasedDateTime") || p.has("deceasedBoolean"));
  }

  @Test
  void observationsAndConditionsHaveVariety() {
    assertThat(categories("Observation"))
        .contains("laboratory", "vital-signs", "survey", "social-history");
    assertThat(categories("Condition"))
        .contains("encounter-diagnosis", "problem-list-item", "health-concern");
  }

  @Test
  void everyRecordHasActiveCoverageAndAConsent() {
    for (var patient : patients()) {
      var reference = name(patient);
      assertThat(ofType("Coverage"))
          .filteredOn(c -> c.at("/beneficiary/reference").asText().equals(reference))
          .singleElement()
          .satisfies(c -> assertThat(c.path("status").asText()).isEqualTo("active"));
      assertThat(ofType("Consent"))
          .filteredOn(c -> c.at("/patient/reference").asText().equals(reference))
          .hasSize(1);
    }
  }

  @Test
  void referencesAreRelativeResolveAndStayInsideOneRecord() {
    var shared = Objects.requireNonNull(RECORDS.get("shared.json.gz"));
    RECORDS.forEach(
        (file, record) ->
            record.forEach(
                (source, resource) ->
                    visit(
                        resource,
                        node -> {
                          if (node.path("reference").isTextual()) {
                            assertThat(node.path("reference").asText())
                                .as("%s in %s", source, file)
                                .matches(
                                    to ->
                                        record.containsKey(to)
                                            || shared.containsKey(to)
                                            || (file.equals("groups.json.gz")
                                                && ALL.containsKey(to)));
                          }
                        })));
  }

  private static Set<String> categories(String type) {
    var found = new TreeSet<String>();
    ofType(type).forEach(r -> found.add(r.at("/category/0/coding/0/code").asText()));
    return found;
  }
}
