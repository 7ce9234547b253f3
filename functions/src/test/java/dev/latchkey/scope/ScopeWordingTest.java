package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScopeWordingTest {
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
        "fhirUser | Know which entry in the record system is you",
        "openid | Recognise you when you come back, by a number that stands for you"
      })
  void aScopeIsOneSentence(String scope, String sentence) {
    assertThat(ScopeWording.sentence(Scope.parse(scope).orElseThrow())).isEqualTo(sentence);
  }

  @ParameterizedTest
  @EnumSource(RecordType.class)
  void everyTypeHasItsOwnWords(RecordType type) {
    var scope = (ResourceScope) Scope.parse("patient/" + type.fhirName() + ".rs").orElseThrow();

    assertThat(ScopeWording.what(scope)).isEqualTo(type.plainName()).isNotBlank();
    assertThat(ScopeWording.sentence(scope)).doesNotContain("patient/", type.fhirName() + ".");
  }

  @Test
  void everyKnownNamedScopeHasWords() {
    for (var scope : NamedScope.KNOWN) {
      assertThat(ScopeWording.sentence(scope)).isNotEqualTo(scope.spelled());
    }
  }

  @ParameterizedTest
  @CsvSource({"r, false", "s, false", "rs, false", "c, true", "u, true", "d, true", "cruds, true"})
  void alteringTheRecordIsToldFromReadingIt(String letters, boolean alters) {
    assertThat(ScopeWording.alters(Interaction.parse(letters))).isEqualTo(alters);
  }
}
