package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a backend service can read with `system/` scopes: the types of its scopes, whosever they
/// are, and nothing else (SMART 2.2, backend services).
class SystemAccessTest {
  private final FhirCalls service = GuardedFhir.asService("system/*.rs");

  @Test
  void readsWhatIsOfAnybody() {
    for (var patient : List.of(ANA, OTHER)) {
      var observation = firstOf(patient, "Observation");
      assertThat(service.get("Patient/" + patient).status()).isEqualTo(200);
      assertThat(service.get(observation).status()).isEqualTo(200);
      assertThat(service.get(observation + "/_history/1").status()).isEqualTo(200);
      assertThat(service.get(observation + "/_history").status()).isEqualTo(200);
    }
  }

  @Test
  void searchesEverybodysAndOneOnesEntries() {
    assertThat(service.get("Patient?_count=50").ids())
        .contains("Patient/" + ANA, "Patient/" + OTHER);
    assertThat(service.get("Observation?_count=5&patient=" + OTHER).ids()).isNotEmpty();
    assertThat(service.search("Observation", "_count=5&patient=" + ANA).ids()).isNotEmpty();
    assertThat(service.get("Organization?_count=5").ids()).isNotEmpty();
  }

  @Test
  void goesOnToFurtherPages() {
    var first = service.get("Observation?_count=2");
    assertThat(first.status()).isEqualTo(200);

    var second = service.get(first.next());
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.ids()).hasSize(2).doesNotContainAnyElementsOf(first.ids());
    assertThat(GuardedFhir.asService("system/Condition.rs").get(first.next()).status())
        .isEqualTo(403);
    assertThat(GuardedFhir.as(ANA, "patient/*.rs").get(first.next()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "system/Condition.rs, 403",
    "system/Observation.s, 403",
    "system/Observation.cud, 403",
    "system/Observation.r, 200",
    "system/Observation.read, 200",
    "system/*.read, 200",
    "openid fhirUser, 403"
  })
  void readsOnlyTheTypesOfItsScopes(String scopes, int status) {
    assertThat(GuardedFhir.asService(scopes).get(firstOf(ANA, "Observation")).status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "system/Observation.r, Observation, 403",
    "system/Observation.s, Observation, 200",
    "system/Observation.rs, Condition, 403",
    "system/Observation.rs, Observation?patient.name=x, 403",
    "system/Patient.rs, Patient?_has:Observation:patient:code=x, 403",
    "system/Observation.rs, Group, 403",
    "system/*.rs, Group, 200",
    "system/Observation.rs, List, 404",
    "system/*.rs, List, 404",
    "system/*.rs, SearchParameter, 404"
  })
  void searchesOnlyTheTypesOfItsScopes(String scopes, String search, int status) {
    var answer = GuardedFhir.asService(scopes).get(search);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void whatComesAlongIsOfTheTypesOfItsScopesToo() {
    var alone =
        GuardedFhir.asService("system/Observation.rs")
            .get("Observation?_count=5&_include=*&patient=" + ANA);
    assertThat(alone.ids()).isNotEmpty().allMatch(id -> id.startsWith("Observation/"));
  }

  @Test
  void isToldWhichSystemScopeItLacks() {
    var answer = GuardedFhir.asService("system/Condition.rs").get("Observation");
    assertThat(answer.header("www-authenticate"))
        .contains("insufficient_scope", "scope=\"system/Observation.s\"");
  }

  @Test
  void writesNothing() {
    var writer = GuardedFhir.asService("system/*.cruds");
    var observation = new Observation();
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.getSubject().setReference("Patient/" + ANA);
    var known = firstOf(ANA, "Observation");

    for (var answer :
        List.of(
            writer.post("Observation", observation),
            writer.put(known, observation.setId(known.substring("Observation/".length()))),
            writer.patch(known, "[]"),
            writer.delete(known))) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.problem()).isEqualTo("Writing is not offered to backend services");
    }
  }

  @Test
  void runsNoOperations() {
    assertThat(service.get("Patient/" + ANA + "/$everything").status()).isEqualTo(403);
    assertThat(service.get("Group/1/$export").status()).isIn(403, 404);
  }

  /// Threat T31: each kind of token has its own kind of scopes.
  @ParameterizedTest
  @ValueSource(strings = {"patient/*.rs", "patient/Patient.r patient/Observation.rs"})
  void t31_patientScopesAreWorthNothingToAService(String scopes) {
    var stray = GuardedFhir.asService(scopes);
    assertThat(stray.get("Patient/" + ANA).status()).isEqualTo(403);
    assertThat(stray.get("Observation?patient=" + ANA).status()).isEqualTo(403);
  }

  @Test
  void t31_systemScopesAreWorthNothingToAPatientsApp() {
    var stray = GuardedFhir.as(ANA, "system/*.rs");
    assertThat(stray.get("Patient/" + ANA).status()).isEqualTo(403);
    assertThat(stray.get("Patient/" + OTHER).status()).isEqualTo(403);
    var both = GuardedFhir.as(ANA, "patient/Patient.r system/*.rs");
    assertThat(both.get("Patient/" + ANA).status()).isEqualTo(200);
    assertThat(both.get("Patient/" + OTHER).status()).isEqualTo(404);
    assertThat(both.get("Observation").status()).isEqualTo(403);
  }

  private static String firstOf(String patient, String type) {
    return GuardedFhir.as(patient, "patient/*.rs").get(type + "?_count=1").ids().getFirst();
  }
}
