package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScopeWordingTest {
  private static final ScopeWording ENGLISH = new ScopeWording(Language.ENGLISH);
  private static final ScopeWording SPANISH = new ScopeWording(Language.SPANISH);

  private static Scope parse(String scope) {
    return Scope.parse(
            scope
                .replace("@obs", "http://terminology.hl7.org/CodeSystem/observation-category")
                .replace("@uscore", "http://hl7.org/fhir/us/core/CodeSystem"))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "patient/Immunization.rs; Vacunas — leer y buscar",
        "patient/Immunization.r; Vacunas — leer",
        "patient/Immunization.write; Vacunas — agregar, cambiar y borrar",
        "patient/Immunization.cruds; Vacunas — leer, buscar, agregar, cambiar y borrar",
        "patient/*.rs; Todo lo que hay en el expediente — leer y buscar",
        "user/Immunization.rs; Vacunas, en todos los expedientes que usted puede abrir — leer y"
            + " buscar",
        "system/Immunization.r; Vacunas, en los expedientes de todos los pacientes — leer",
        "patient/Observation.rs?category=@obs|laboratory; Resultados de laboratorio — leer y"
            + " buscar",
        "patient/Observation.r?category=@obs|laboratory,@obs|vital-signs; Resultados de laboratorio"
            + " y signos vitales — leer",
        "patient/Observation.r?category=@obs|laboratory&category=@obs|survey; Resultados de"
            + " laboratorio (solo si también son: respuestas a cuestionarios) — leer",
        "patient/Condition.r?category=@uscore/condition-category|health-concern; Preocupaciones de"
            + " salud — leer",
        "offline_access; Conservar el acceso cuando usted no está",
        "openid; Reconocerle cuando vuelva, mediante un número que le representa"
      })
  void aScopeIsOneSentenceInSpanish(String scope, String sentence) {
    assertThat(SPANISH.sentence(parse(scope))).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "user/Immunization.rs; Vaccinations, in every record that you can open — read and search",
        "system/*.r; Everything in the record, in the records of all patients — read",
        "patient/Observation.rs?category=@obs|laboratory; Lab results — read and search",
        "patient/Observation.rs?category=@uscore/us-core-category|sdoh; Living conditions — read"
            + " and search",
        "patient/Observation.r?category=@obs|survey,@obs|laboratory,@obs|vital-signs; Lab results,"
            + " answers to questionnaires and vital signs — read",
        "patient/Observation.r?category=@obs|laboratory&category=@obs|survey; Lab results (only if"
            + " also: answers to questionnaires) — read",
        "patient/DocumentReference.r?category=@uscore/us-core-documentreference-category|clinical-note;"
            + " Clinical notes — read"
      })
  void aScopeOverAPartOfATypeNamesThePart(String scope, String sentence) {
    assertThat(ENGLISH.sentence(parse(scope))).isEqualTo(sentence);
  }

  @Test
  void everyCategoryAndTypeHasItsOwnWordsInEveryLanguage() {
    for (var language : Language.values()) {
      assertThat(RecordCategory.values())
          .extracting(category -> category.plainName(language))
          .doesNotHaveDuplicates()
          .allSatisfy(name -> assertThat(name).isNotBlank());
      assertThat(RecordType.values())
          .extracting(type -> type.plainName(language))
          .doesNotHaveDuplicates()
          .allSatisfy(name -> assertThat(name).isNotBlank());
    }
    assertThat(RecordType.values())
        .allSatisfy(
            type ->
                assertThat(type.plainName(Language.SPANISH))
                    .isNotEqualTo(type.plainName(Language.ENGLISH)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patient/Immunization.rs | Vaccinations — read and search",
        "patient/Immunization.read | Vaccinations — read and search",
        "patient/Immunization.r | Vaccinations — read",
        "patient/Immunization.s | Vaccinations — search",
        "patient/Immunization.c | Vaccinations — add",
        "patient/Immunization.u | Vaccinations — change",
        "patient/Immunization.d | Vaccinations — delete",
        "patient/Immunization.cr | Vaccinations — read and add",
        "patient/Immunization.crus | Vaccinations — read, search, add and change",
        "patient/Immunization.write | Vaccinations — add, change and delete",
        "patient/Immunization.cud | Vaccinations — add, change and delete",
        "patient/Immunization.* | Vaccinations — read, search, add, change and delete",
        "patient/Immunization.cruds | Vaccinations — read, search, add, change and delete",
        "patient/Observation.rs | Lab results, vital signs and social history — read and search",
        "patient/*.rs | Everything in the record — read and search",
        "patient/*.read | Everything in the record — read and search",
        "offline_access | Keep access when you are away",
        "online_access | Keep access while you are signed in here",
        "launch/patient | Know whose record this is",
        "launch/encounter | Know which entry was open or chosen when it was started (visits and"
            + " hospital stays)",
        "launch/unicorn | Know what else was open when it was started",
        "fhirUser | Know which entry in the record system is you",
        "openid | Recognise you when you come back, by a number that stands for you"
      })
  void aScopeIsOneSentence(String scope, String sentence) {
    assertThat(ENGLISH.sentence(Scope.parse(scope).orElseThrow())).isEqualTo(sentence);
  }

  @ParameterizedTest
  @EnumSource(RecordType.class)
  void everyTypeHasItsOwnWords(RecordType type) {
    var scope = (ResourceScope) Scope.parse("patient/" + type.fhirName() + ".rs").orElseThrow();

    assertThat(ENGLISH.what(scope)).isEqualTo(type.plainName(Language.ENGLISH)).isNotBlank();
    assertThat(ENGLISH.sentence(scope)).doesNotContain("patient/", type.fhirName() + ".");
  }

  @Test
  void lch8_whatWasOpenIsSaidInSpanishToo() {
    assertThat(SPANISH.sentence(Scope.parse("launch/encounter").orElseThrow()))
        .isEqualTo(
            "Saber qué entrada estaba abierta o se eligió cuando se inició (consultas y"
                + " hospitalizaciones)");
    assertThat(SPANISH.sentence(Scope.parse("launch/list?role=launch").orElseThrow()))
        .isEqualTo("Saber qué más estaba abierto cuando se inició");
  }

  @Test
  void everyKnownNamedScopeHasWords() {
    for (var scope : NamedScope.KNOWN) {
      assertThat(ENGLISH.sentence(scope)).isNotEqualTo(scope.spelled());
      assertThat(SPANISH.sentence(scope))
          .isNotEqualTo(scope.spelled())
          .isNotEqualTo(ENGLISH.sentence(scope));
    }
  }

  @ParameterizedTest
  @CsvSource({"r, false", "s, false", "rs, false", "c, true", "u, true", "d, true", "cruds, true"})
  void alteringTheRecordIsToldFromReadingIt(String letters, boolean alters) {
    assertThat(ScopeWording.alters(Interaction.parse(letters))).isEqualTo(alters);
  }
}
