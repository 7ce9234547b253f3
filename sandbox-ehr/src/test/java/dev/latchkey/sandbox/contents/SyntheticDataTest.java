package dev.latchkey.sandbox.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.scope.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the committed records promise to whoever loads them.
class SyntheticDataTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final SandboxFiles FILES =
      new SandboxFiles(MAPPER, URI.create("http://localhost:8080"));
  private static final SyntheticData DATA = FILES.data();

  /// File name, then `Type/id`, then the resource.
  private static final Map<String, Map<String, JsonNode>> RECORDS = new LinkedHashMap<>();

  private static final Map<String, JsonNode> ALL = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    for (var bundle : DATA.bundles()) {
      var record = new LinkedHashMap<String, JsonNode>();
      for (JsonNode entry : MAPPER.readTree(json(bundle.file())).path("entry")) {
        record.put(entry.at("/request/url").asText(), entry.path("resource"));
      }
      RECORDS.put(bundle.file(), record);
      ALL.putAll(record);
    }
  }

  @Test
  void theIndexTellsTheTruth() throws IOException, GeneralSecurityException {
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
  void bundlesAreSmallTransactionsOfPuts() throws IOException {
    for (var bundle : DATA.bundles()) {
      var tree = MAPPER.readTree(json(bundle.file()));
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

  @Test
  void sensitiveFindingsAreLabelled() {
    assertThat(labels("73595000")).as("stress").allMatch(l -> l.contains("PSY"));
    assertThat(labels("55680006")).as("drug overdose").allMatch(l -> l.contains("SUD"));
    assertThat(labels("10939881000119105")).as("alcohol").allMatch(l -> l.contains("ETH"));
    assertThat(labels("72892002")).as("pregnancy").allMatch(l -> l.contains("SEX"));
    assertThat(labels("706893006")).as("partner abuse").allMatch(l -> l.contains("SDV"));
    assertThat(labels("44054006")).as("diabetes").allMatch(List::isEmpty);
  }

  @Test
  void aLabelledResourceIsRestricted() {
    assertThat(ALL.values())
        .filteredOn(r -> r.at("/meta/security").size() > 0)
        .hasSizeGreaterThan(100)
        .allSatisfy(r -> assertThat(securityCodes(r)).contains("R").hasSizeGreaterThan(1));
  }

  @Test
  void aNoteThatNamesASensitiveFindingIsLabelledToo() {
    assertThat(ofType("DocumentReference"))
        .filteredOn(note -> text(note).contains("drug overdose"))
        .isNotEmpty()
        .allSatisfy(note -> assertThat(securityCodes(note)).contains("SUD"));
  }

  @Test
  void nothingLooksLikeARealPerson() {
    assertThat(patients())
        .allSatisfy(p -> assertThat(p.at("/name/0/family").asText()).matches(".*\\d"));
    for (var resource : ALL.values()) {
      var text = resource.toString();
      assertThat(text).doesNotContain("us-ssn", "passport", "2.16.840.1.113883.4.3");
      visit(
          resource,
          node -> {
            switch (node.path("system").asText()) {
              case "phone" -> assertThat(node.path("value").asText()).startsWith("555-");
              case "email" -> assertThat(node.path("value").asText()).endsWith("@example.com");
              case "http://hl7.org/fhir/sid/us-npi" ->
                  assertThat(node.path("value").asText()).startsWith("9999");
              default -> {}
            }
          });
    }
  }

  @Test
  void peopleAndRecordsAgree() {
    for (var person : FILES.people()) {
      assertThat(ALL).as(person.username()).containsKey(person.fhirUser());
      for (var record : person.patients()) {
        var patient = Objects.requireNonNull(ALL.get("Patient/" + record.id()));
        assertThat(record.name()).isEqualTo(shownName(patient));
        assertThat(record.birthDate()).isEqualTo(patient.path("birthDate").asText());
      }
    }
  }

  @Test
  void somebodyHasOneRecordSomebodyHasTwoAndSomebodyHasOnlyAChilds() {
    var people = FILES.people();
    assertThat(people).map(Person::username).doesNotHaveDuplicates();
    assertThat(people).allMatch(p -> p.password().equals("sandbox-" + p.username()));
    assertThat(people)
        .filteredOn(p -> p.kind().equals("patient"))
        .hasSizeGreaterThan(2)
        .allMatch(p -> p.fhirUser().equals("Patient/" + p.patients().getFirst().id()))
        .allMatch(p -> p.patients().size() == 1);
    assertThat(people)
        .filteredOn(p -> p.kind().equals("proxy"))
        .anyMatch(p -> p.patients().size() == 2)
        .anyMatch(p -> p.fhirUser().startsWith("RelatedPerson/"))
        .allMatch(p -> p.patients().stream().anyMatch(r -> r.relationship().equals("your child")));
  }

  @Test
  void demoAppsAreOneOfEachKindAndAFhirServer() {
    assertThat(FILES.apps())
        .map(DemoApp::clientId)
        .containsExactly(
            "demo-native",
            "demo-browser",
            "demo-web",
            "demo-key",
            "demo-backend",
            "demo-fhir-server");
    assertThat(FILES.apps())
        .allSatisfy(
            app ->
                assertThat(app.secret() == null)
                    .isEqualTo(app.signs() || app.authenticationMethods().equals(List.of("none"))));
    assertThat(FILES.apps()).as("no key stands in a file").allMatch(a -> a.privateKey() == null);
    assertThatCode(() -> MAPPER.writeValueAsString(FILES.apps())).doesNotThrowAnyException();
  }

  private static byte[] json(String file) throws IOException {
    try (InputStream in = SyntheticDataTest.class.getResourceAsStream("/synthea/" + file);
        var unzipped = new GZIPInputStream(Objects.requireNonNull(in, file))) {
      return unzipped.readAllBytes();
    }
  }

  private static List<JsonNode> patients() {
    return ofType("Patient");
  }

  private static List<JsonNode> ofType(String type) {
    return ALL.values().stream().filter(r -> r.path("resourceType").asText().equals(type)).toList();
  }

  private static Set<String> categories(String type) {
    var found = new TreeSet<String>();
    ofType(type).forEach(r -> found.add(r.at("/category/0/coding/0/code").asText()));
    return found;
  }

  /// The labels of each condition with this code; never empty.
  private static List<List<String>> labels(String code) {
    var found =
        ofType("Condition").stream()
            .filter(c -> c.at("/code/coding/0/code").asText().equals(code))
            .map(SyntheticDataTest::securityCodes)
            .toList();
    assertThat(found).as(code).isNotEmpty();
    return found;
  }

  private static List<String> securityCodes(JsonNode resource) {
    var codes = new ArrayList<String>();
    resource.at("/meta/security").forEach(label -> codes.add(label.path("code").asText()));
    return codes;
  }

  private static String text(JsonNode document) {
    var data = document.at("/content/0/attachment/data").asText();
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }

  private static String name(JsonNode resource) {
    return resource.path("resourceType").asText() + "/" + resource.path("id").asText();
  }

  private static String shownName(JsonNode patient) {
    return patient.at("/name/0/given/0").asText() + " " + patient.at("/name/0/family").asText();
  }

  private static void visit(JsonNode node, Consumer<JsonNode> visitor) {
    visitor.accept(node);
    node.forEach(child -> visit(child, visitor));
  }
}
