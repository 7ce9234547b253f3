package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.CheckedSearch.narrow;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a search that the check lets through is held to: the record of the patient.
class SearchBindingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "encounter.class=AMB; Encounter/1,Encounter/2",
        "encounter:Encounter.class=EMER; Encounter/none-in-this-record"
      })
  void rsv6_aChainIsHeldToTheOwnEntries(String chain, String encounters) {
    var narrowed = narrow("patient/*.rs", "Observation?" + chain);
    assertThat(narrowed)
        .containsKey(chain.replace("encounter.", "encounter:Encounter.").split("=", 2)[0]);
    assertThat(narrowed.get("encounter")).containsExactly(encounters);
  }

  @ParameterizedTest
  @CsvSource({
    "Observation?code=1, patient, Patient/ana",
    "Observation?patient=Patient/ana, patient, Patient/ana",
    "Observation?subject=Patient/ana, patient, Patient/ana",
    "Observation?patient:missing=true, patient, Patient/ana",
    "Observation?patient:not=ana, patient, Patient/ana",
    "Coverage, patient, Patient/ana",
    "Patient, _id, ana",
    "Patient?name=x, _id, ana"
  })
  void bindsEverySearchOfEntriesToThePatient(String search, String parameter, String value) {
    assertThat(narrow("patient/*.rs", search).get(parameter)).contains(value);
  }

  @Test
  void keepsWhatTheAppAskedForBesideTheBinding() {
    var narrowed = narrow("patient/*.rs", "Observation?subject=ana&code=1&code=2");
    assertThat(narrowed.get("subject")).containsExactly("ana");
    assertThat(narrowed.get("patient")).containsExactly("Patient/ana");
    assertThat(narrowed.get("code")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ana", "Patient/ana"})
  void bindsOnlyOnceWhereTheAppDidSoItself(String asked) {
    var narrowed = narrow("patient/*.rs", "Observation?patient=" + asked);
    assertThat(narrowed.get("patient")).containsExactly("Patient/ana");
  }

  @Test
  void bindsBesideAnAddressOfAnotherServer() {
    var elsewhere = "http://elsewhere.example/fhir/Patient/ana";
    var narrowed = narrow("patient/*.rs", "Observation?patient=" + elsewhere);
    assertThat(narrowed.get("patient")).containsExactlyInAnyOrder(elsewhere, "Patient/ana");
  }

  @Test
  void leavesSearchesOfTheDirectoryAsTheyAre() {
    assertThat(narrow("patient/*.rs", "Organization?name=x").keySet()).containsExactly("name");
  }

  @Test
  void namesTheTypeOfAChainForTheStore() {
    assertThat(narrow("patient/*.rs", "Observation?encounter.class=AMB").keySet())
        .contains("encounter:Encounter.class");
  }
}
