package dev.latchkey.sandbox.contents;

import static dev.latchkey.sandbox.contents.SyntheticRecords.ALL;
import static dev.latchkey.sandbox.contents.SyntheticRecords.ofType;
import static dev.latchkey.sandbox.contents.SyntheticRecords.patients;
import static dev.latchkey.sandbox.contents.SyntheticRecords.securityCodes;
import static dev.latchkey.sandbox.contents.SyntheticRecords.visit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is sensitive in the committed records is labelled, and nobody in them is real.
class SensitiveRecordsTest {
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

  /// The labels of each condition with this code; never empty.
  private static List<List<String>> labels(String code) {
    var found =
        ofType("Condition").stream()
            .filter(c -> c.at("/code/coding/0/code").asText().equals(code))
            .map(SyntheticRecords::securityCodes)
            .toList();
    assertThat(found).as(code).isNotEmpty();
    return found;
  }

  private static String text(JsonNode document) {
    var data = document.at("/content/0/attachment/data").asText();
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }
}
