package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `Patient/[id]/$everything`.
class EverythingAccessTest {
  private static final String EVERYTHING = "Patient/" + ANA + "/$everything";

  @Test
  void isTheGrantedPartOfTheRecord() {
    var app = GuardedFhir.as(ANA, "patient/Patient.rs patient/Condition.rs");
    var ids = app.get(EVERYTHING + "?_count=200").ids();
    assertThat(ids).contains("Patient/" + ANA).allMatch(id -> id.matches("(Patient|Condition)/.*"));
    assertThat(ids).hasSize(1 + app.get("Condition?_summary=count").bundle().getTotal());
  }

  @Test
  void tellsNoTotalOfWhatWasNotGranted() {
    var app = GuardedFhir.as(ANA, "patient/Patient.rs");
    var answer = app.get(EVERYTHING + "?_count=200");
    assertThat(answer.bundle().hasTotal()).isFalse();
    assertThat(answer.bundle().getLink("next")).isNull();
    assertThat(answer.ids()).containsExactly("Patient/" + ANA);
  }

  @Test
  void holdsNobodyElse() {
    var answer = GuardedFhir.as(ANA, "patient/*.rs").get(EVERYTHING + "?_count=200");
    assertThat(answer.ids())
        .filteredOn(id -> id.startsWith("Patient/"))
        .containsExactly("Patient/" + ANA);
    assertThat(answer.body()).doesNotContain("\"Patient/" + OTHER + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?_type=Observation", "?_type=Observation,Condition"})
  void refusesTypesThatWereNotGranted(String query) {
    var app = GuardedFhir.as(ANA, "patient/Patient.rs");
    assertThat(app.get(EVERYTHING + query).status()).isEqualTo(403);
  }

  @Test
  void needsTheScopeToReadThePatient() {
    assertThat(GuardedFhir.as(ANA, "patient/Condition.rs").get(EVERYTHING).status()).isEqualTo(403);
    assertThat(GuardedFhir.as(ANA, "patient/Patient.s").get(EVERYTHING).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?_filter=x", "?_content=x", "?_text=x", "?_mdm=true"})
  void refusesHapisOwnParameters(String query) {
    assertThat(GuardedFhir.as(ANA, "patient/*.rs").get(EVERYTHING + query).status()).isEqualTo(403);
  }

  @Test
  void takesNoParametersFromABody() {
    var answer = GuardedFhir.as(ANA, "patient/*.rs").post(EVERYTHING, new Parameters());
    assertThat(answer.status()).isEqualTo(403);
  }
}
