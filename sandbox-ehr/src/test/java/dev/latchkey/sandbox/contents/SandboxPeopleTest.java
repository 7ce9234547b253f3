package dev.latchkey.sandbox.contents;

import static dev.latchkey.sandbox.contents.SyntheticRecords.ALL;
import static dev.latchkey.sandbox.contents.SyntheticRecords.FILES;
import static dev.latchkey.sandbox.contents.SyntheticRecords.MAPPER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Who may sign in to the sandbox and for whom, and the apps that it comes with.
class SandboxPeopleTest {
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

  private static String shownName(JsonNode patient) {
    return patient.at("/name/0/given/0").asText() + " " + patient.at("/name/0/family").asText();
  }
}
