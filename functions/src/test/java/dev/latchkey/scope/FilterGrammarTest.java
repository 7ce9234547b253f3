package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Scopes with a search filter (SMART App Launch 2.2, finer-grained resource constraints): SCO-4,
/// SCO-5, SCO-6 and CON-2.
class FilterGrammarTest {
  private static final String OBSERVATION =
      "http://terminology.hl7.org/CodeSystem/observation-category";
  private static final String LAB = OBSERVATION + "|laboratory";
  private static final String VITALS = OBSERVATION + "|vital-signs";

  private static ResourceScope parse(String scope) {
    return (ResourceScope) Scope.parse(scope).orElseThrow();
  }

  private static RecordFilter filter(String query) {
    return parse("patient/Observation.rs?" + query).filter();
  }

  /// HTI-1 and US Core 6.1 and 7.0, typed a second time.
  @ParameterizedTest
  @CsvSource({
    "Condition, http://terminology.hl7.org/CodeSystem/condition-category|encounter-diagnosis",
    "Condition, http://terminology.hl7.org/CodeSystem/condition-category|problem-list-item",
    "Condition, http://hl7.org/fhir/us/core/CodeSystem/condition-category|health-concern",
    "Observation, http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
    "Observation, http://terminology.hl7.org/CodeSystem/observation-category|social-history",
    "Observation, http://hl7.org/fhir/us/core/CodeSystem/us-core-category|sdoh",
    "Observation, http://terminology.hl7.org/CodeSystem/observation-category|survey",
    "Observation, http://terminology.hl7.org/CodeSystem/observation-category|vital-signs",
    "Observation, http://terminology.hl7.org/CodeSystem/observation-category|procedure",
    "DocumentReference,"
        + " http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category|clinical-note"
  })
  void sco4_understandsEveryCategoryThatThePatientCanChoose(String type, String token) {
    for (var context : ScopeContext.values()) {
      var spelled = context.word() + "/" + type + ".rs?category=" + token;
      var scope = parse(spelled);
      assertThat(scope.spelled()).isEqualTo(spelled);
      assertThat(scope.type()).isEqualTo(type);
      assertThat(scope.filter().conditions())
          .singleElement()
          .satisfies(
              condition -> {
                assertThat(condition.parameter()).isEqualTo("category");
                assertThat(condition.values()).containsExactly(token);
              });
    }
  }

  @Test
  void knowsNoOtherCategories() {
    assertThat(RecordCategory.values()).hasSize(10);
  }

  static Stream<String> sameFilters() {
    return Stream.of(
        "category=" + LAB,
        "category=" + LAB.replace("|", "%7C"),
        "category=" + LAB.replace("|", "%7c").replace(":", "%3A").replace("/", "%2F"),
        "c%61tegory=" + LAB,
        "category=" + LAB + "," + LAB,
        "category=" + LAB + "%2C" + LAB,
        "category=" + LAB + "&category=" + LAB,
        "category=" + LAB + "&category=" + LAB + "," + VITALS);
  }

  @ParameterizedTest
  @MethodSource("sameFilters")
  void readsEverySpellingOfAFilterAsTheSameAndKeepsTheSpelling(String query) {
    var scope = parse("patient/Observation.rs?" + query);
    assertThat(scope.meaning())
        .isEqualTo(parse("patient/Observation.rs?category=" + LAB).meaning());
    assertThat(scope.spelled()).isEqualTo("patient/Observation.rs?" + query);
  }

  @Test
  void aCommaMeansOneOfThemAndASecondParameterMeansBoth() {
    assertThat(filter("category=" + VITALS + "," + LAB).conditions())
        .extracting(FilterCondition::query)
        .containsExactly("category=" + LAB + "," + VITALS);
    assertThat(filter("category=" + VITALS + "&category=" + LAB).conditions())
        .extracting(FilterCondition::query)
        .containsExactly("category=" + VITALS, "category=" + LAB);
  }

  static Stream<String> notUnderstood() {
    return Stream.of(
        "",
        "category",
        "category=",
        "=" + LAB,
        "category=laboratory",
        "category=|laboratory",
        "category=" + OBSERVATION,
        "category=" + OBSERVATION + "|",
        "category=" + OBSERVATION + "|imaging",
        "category=" + OBSERVATION + "|Laboratory",
        "category=" + OBSERVATION + "/|laboratory",
        "category=https" + LAB.substring(4),
        "category=http://hl7.org/fhir/us/core/CodeSystem/us-core-category|laboratory",
        "category=http://terminology.hl7.org/CodeSystem/condition-category|problem-list-item",
        "category=" + LAB + ",",
        "category=," + LAB,
        "category=" + LAB + "," + OBSERVATION + "|unknown",
        "category=" + LAB + "\\," + VITALS,
        "category=" + LAB.replace("|", "\\|"),
        "category=" + LAB.replace("|", "%5C%7C"),
        "category=" + LAB + "\\",
        "category=" + LAB + "|",
        "category=" + LAB.replace("|", "%257C"),
        "category=" + LAB.replace("|", "%7"),
        "category=" + LAB.replace("|", "%GG"),
        "category=" + LAB + "%",
        "category=" + LAB + "+",
        "category=" + LAB + "#x",
        "category=" + LAB + "?category=" + LAB,
        "category=" + LAB + "&",
        "&category=" + LAB,
        "category=" + LAB + "&&category=" + VITALS,
        "category=" + LAB + "&status=final",
        "category=" + LAB + "&_filter=x",
        "category:in=" + LAB,
        "category:not=" + LAB,
        "category:text=laboratory",
        "category:missing=true",
        "category.code=" + LAB,
        "subject:Patient.name=x",
        "subject.name=x",
        "_has:Provenance:target:agent=x",
        "_filter=category%20eq%20laboratory",
        "_query=x",
        "_id=1",
        "code=http://loinc.org|1234-5",
        "Category=" + LAB,
        "category =" + LAB);
  }

  @ParameterizedTest
  @MethodSource("notUnderstood")
  void sco5_whatIsNotUnderstoodToTheEndIsNoScope(String query) {
    var spelled = "patient/Observation.rs?" + query;
    assertThat(Scope.parse(spelled)).isEmpty();
    assertThat(ScopeGrammar.isMisspelled(spelled)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/*.rs",
        "patient/Observation.read",
        "patient/Observation.*",
        "patient/Observation.sr",
        "patient/Patient.rs",
        "patient/Media.rs",
        "launch/patient",
        "openid"
      })
  void onlySmart2ScopesForOneTypeWithCategoriesHaveFilters(String head) {
    assertThat(Scope.parse(head + "?category=" + LAB)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Condition, 3", "Observation, 6", "DocumentReference, 1", "Immunization, 0"})
  void aTypeIsOfferedByItsCategories(String type, int count) {
    for (var suffix : List.of("rs", "read")) {
      var whole = parse("patient/" + type + "." + suffix);
      var parts = whole.perCategory();
      assertThat(parts).hasSize(count);
      assertThat(parts)
          .allSatisfy(
              part -> {
                assertThat(part.spelled()).startsWith("patient/" + type + ".rs?category=http://");
                assertThat(Scope.parse(part.spelled())).contains(part);
                assertThat(part.interactions()).isEqualTo(whole.interactions());
                assertThat(part.perCategory()).isEmpty();
              });
      assertThat(new ScopeSet(List.of(whole)).coversAll(new ScopeSet(List.copyOf(parts)))).isTrue();
      assertThat(new ScopeSet(List.copyOf(parts)).covers(whole)).isFalse();
    }
  }

  @Test
  void aWildcardHasNoCategories() {
    assertThat(parse("patient/*.rs").perCategory()).isEmpty();
  }

  @Test
  void aConditionSaysWhatItIsInAFailureOfATest() {
    assertThat(filter("category=" + LAB + "," + VITALS).conditions())
        .hasToString("[category=laboratory,vital-signs]");
    assertThat(Arrays.stream(RecordCategory.values()).map(RecordCategory::token))
        .doesNotHaveDuplicates();
  }
}
