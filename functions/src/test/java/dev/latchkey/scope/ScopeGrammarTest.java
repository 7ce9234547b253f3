package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// SMART App Launch 2.2, scopes for requesting FHIR resources: what is a scope here, and what it
/// means (SCO-1, SCO-2, SCO-3).
class ScopeGrammarTest {

  private static String letters(String scope) {
    return Scope.parse(scope).map(ResourceScope.class::cast).orElseThrow().interactions().stream()
        .map(one -> String.valueOf(one.letter()))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({
    "patient/Observation.r, r",
    "patient/Observation.s, s",
    "patient/Observation.rs, rs",
    "patient/Observation.c, c",
    "patient/Observation.u, u",
    "patient/Observation.d, d",
    "patient/Observation.cr, cr",
    "patient/Observation.cu, cu",
    "patient/Observation.cud, cud",
    "patient/Observation.cruds, cruds",
    "patient/Observation.crs, crs",
    "patient/Observation.rus, rus",
    "patient/Observation.ds, ds",
    "patient/*.rs, rs",
    "patient/*.cruds, cruds",
    "patient/Patient.r, r",
    "patient/MedicationRequest.rs, rs",
    "patient/Provenance.rs, rs",
    "patient/Observation.read, rs",
    "patient/Observation.write, cud",
    "patient/Observation.*, cruds",
    "patient/*.read, rs",
    "patient/*.write, cud",
    "patient/*.*, cruds",
    "user/Observation.rs, rs",
    "user/*.cruds, cruds",
    "user/Condition.read, rs",
    "user/*.*, cruds",
    "system/Observation.rs, rs",
    "system/Observation.r, r",
    "system/*.rs, rs",
    "system/Patient.c, c",
    "system/*.read, rs",
    "system/*.*, cruds"
  })
  void understands(String scope, String meaning) {
    assertThat(letters(scope)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "patient",
        "patient/",
        "patient/Observation",
        "patient/Observation.",
        "patient/.rs",
        "patient/Observation.sr",
        "patient/Observation.dus",
        "patient/Observation.cs r",
        "user/Observation.sr",
        "system/Observation.rr",
        "user/Unicorn.rs",
        "system/observation.rs",
        "group/Observation.rs",
        "practitioner/*.rs",
        "patient/Observation.rr",
        "patient/Observation.rss",
        "patient/Observation.crudsx",
        "patient/Observation.x",
        "patient/Observation.RS",
        "patient/Observation.READ",
        "patient/Observation.reads",
        "patient/Observation.rs ",
        " patient/Observation.rs",
        "patient/Observation.rs\n",
        "patient/observation.rs",
        "patient/OBSERVATION.rs",
        "patient/Observations.rs",
        "patient/Unicorn.rs",
        "patient/Person.rs",
        "patient/Binary.rs",
        "patient/Bundle.rs",
        "patient/SearchParameter.rs",
        "patient/**.rs",
        "patient/Obs*.rs",
        "patient/*",
        "patient/*.",
        "patient//*.rs",
        "patient/Patient/Observation.rs",
        "patient.Observation.rs",
        "Patient/Observation.rs",
        "patients/Observation.rs",
        "user/",
        "system/*",
        "system/Observation.sr",
        "system/Unicorn.rs",
        "system/*.rs?_type=Observation",
        "System/*.rs",
        "patient/Observation.rs?",
        "patient/Observation.rs#x",
        "patient/Observation.r.s",
        "http://smarthealthit.org/fhir/scopes/patient/Observation.rs",
        "launch/Patient",
        "launch/",
        "launch/x",
        "launch/imagingStudy",
        "launch/patient?role=launch",
        "launch/list?",
        "launch/list?role=",
        "launch/list?role=My%20List",
        "launch/list?role=https://ehr.example/a&role=https://ehr.example/b",
        "launch/list?role=https://ehr.example/\"",
        "launch/list?kind=a",
        "launch/list/1",
        "OpenID",
        "openid profile",
        "profile",
        "email",
        "offline",
        "*",
        "*/*.*"
      })
  void refusesAndNeverWidens(String scope) {
    assertThat(Scope.parse(scope)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openid",
        "fhirUser",
        "launch/patient",
        "launch/encounter",
        "launch/imagingstudy",
        "launch/list?role=https://ehr.example/med-list-at-home",
        "launch/list?role=urn:x:home",
        "launch/list?role=launch",
        "offline_access",
        "online_access",
        "patient/Observation.read",
        "patient/*.rs",
        "system/*.read"
      })
  void keepsTheSpelling(String scope) {
    assertThat(Scope.parse(scope)).map(Scope::spelled).contains(scope);
  }

  @ParameterizedTest
  @CsvSource({
    "launch/encounter, encounter",
    "launch/list?role=https://ehr.example/home, list",
    "launch/unicorn, unicorn"
  })
  void lch8_readsWhichTypeWasOpen(String scope, String type) {
    assertThat(Scope.parse(scope)).contains(new LaunchScope(type, scope));
  }

  @ParameterizedTest
  @CsvSource({"patient/Goal.rs, PATIENT", "user/Goal.rs, USER", "system/Goal.rs, SYSTEM"})
  void tellsWhoseDataItIs(String scope, ScopeContext context) {
    assertThat(Scope.parse(scope).map(ResourceScope.class::cast).orElseThrow().context())
        .isEqualTo(context);
  }

  @ParameterizedTest
  @CsvSource({
    "patient/Observation.sr, true",
    "user/Observation.x, true",
    "system/, true",
    "patient/Media.sr, true",
    "patient/Media.rs, false",
    "patient/Media.rs?category=a, true",
    "patient/Observation.rs?category=laboratory, true",
    "patient/Observation.rs, false",
    "launch/patients, false",
    "nonsense, false"
  })
  void tellsAMisspelledScopeFromOneThatIsNotServedHere(String scope, boolean isMisspelled) {
    assertThat(ScopeSet.misspelled(scope)).isEqualTo(isMisspelled ? List.of(scope) : List.of());
  }

  static Stream<RecordType> everyType() {
    return Stream.of(RecordType.values());
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void understandsEveryTypeThatAPatientCanShare(RecordType type) {
    assertThat(letters("patient/" + type.fhirName() + ".cruds")).isEqualTo("cruds");
  }
}
