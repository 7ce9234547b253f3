package dev.latchkey.scope;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which scopes cover which others (SMART App Launch 2.2: scopes add up, and `rs` means `r` and
/// `s`). Consent and refresh may only ever narrow. SCO-2, SCO-6, SCO-7, SCO-9; `ScopeModelTest`
/// tries the same against a model.
class ScopeSetTest {
  private static final String LAB =
      "?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";
  private static final String VITALS =
      "?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs";

  private static ScopeSet parse(String scopes) {
    return ScopeSet.parse(
        scopes
            .replace("?lab", LAB)
            .replace("?vitals", VITALS)
            .replace("&vitals", "&" + VITALS.substring(1))
            .replace(",vitals", "," + VITALS.substring(10)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "patient/Observation.rs > patient/Observation.rs > true",
        "patient/Observation.rs > patient/Observation.r > true",
        "patient/Observation.rs > patient/Observation.s > true",
        "patient/Observation.r > patient/Observation.rs > false",
        "patient/Observation.r patient/Observation.s > patient/Observation.rs > true",
        "patient/Observation.r patient/Condition.s > patient/Observation.rs > false",
        "patient/Observation.read > patient/Observation.rs > true",
        "patient/Observation.rs > patient/Observation.read > true",
        "patient/Observation.write > patient/Observation.cud > true",
        "patient/Observation.write > patient/Observation.rs > false",
        "patient/Observation.read > patient/Observation.c > false",
        "patient/Observation.* > patient/Observation.cruds > true",
        "patient/Observation.read patient/Observation.write > patient/Observation.* > true",
        "patient/*.rs > patient/Observation.rs > true",
        "patient/*.rs > patient/Observation.cruds > false",
        "patient/*.rs > patient/*.read > true",
        "patient/*.read > patient/*.* > false",
        "patient/Observation.rs > patient/*.rs > false",
        "patient/Observation.rs patient/Condition.rs > patient/*.rs > false",
        "patient/*.r patient/*.s > patient/*.rs > true",
        "patient/*.r patient/Observation.s > patient/Observation.rs > true",
        "patient/*.r patient/Observation.s > patient/Condition.rs > false",
        "system/*.rs > system/Observation.rs > true",
        "system/*.r system/*.s > system/Patient.rs > true",
        "system/*.cruds > patient/Observation.rs > false",
        "patient/*.cruds > system/Observation.rs > false",
        "system/*.r patient/*.s > system/Observation.rs > false",
        "patient/*.rs > openid > false",
        "openid > openid > true",
        "openid > fhirUser > false",
        "openid > patient/Patient.r > false",
        "offline_access > online_access > false",
        "launch/patient > patient/Patient.r > false",
        "launch > launch/imagingstudy > true",
        "launch/list > launch/list > true",
        "launch/list > launch/list?role=https://ehr.example/a > false",
        "launch/imagingstudy > launch > false",
        "launch/patient > launch/imagingstudy > false",
        "user/Observation.rs > patient/Observation.rs > false",
        "patient/Observation.rs > user/Observation.rs > false",
        "system/*.cruds > patient/Observation.r > false",
        "system/*.cruds > user/Observation.r > false",
        "patient/*.cruds user/*.cruds > system/Observation.r > false",
        "user/*.rs > user/Observation.rs > true",
        "patient/Observation.r user/Observation.s > patient/Observation.rs > false",
        "patient/Observation.rs > patient/Observation.rs?lab > true",
        "patient/*.rs > patient/Observation.rs?lab > true",
        "patient/Observation.read > patient/Observation.r?lab > true",
        "patient/Observation.r > patient/Observation.rs?lab > false",
        "patient/Observation.rs?lab > patient/Observation.rs > false",
        "patient/Observation.rs?lab > patient/*.rs > false",
        "patient/Observation.rs?lab > patient/Observation.r?lab > true",
        "patient/Observation.rs?lab > patient/Observation.rs?vitals > false",
        "user/Observation.rs?lab > patient/Observation.rs?lab > false",
        "patient/Observation.r?lab patient/Observation.s?lab > patient/Observation.rs?lab > true",
        "patient/Observation.r?lab patient/Observation.s?vitals > patient/Observation.rs?lab >"
            + " false",
        "patient/Observation.rs?lab > patient/Observation.rs?lab&vitals > true",
        "patient/Observation.rs?lab&vitals > patient/Observation.rs?lab > false",
        "patient/Observation.rs?lab,vitals > patient/Observation.rs?lab > true",
        "patient/Observation.rs?lab > patient/Observation.rs?lab,vitals > false",
        "patient/Observation.rs?lab patient/Observation.rs?vitals >"
            + " patient/Observation.rs?lab,vitals > true",
        "patient/Observation.rs?lab patient/Observation.s > patient/Observation.s > true",
        "patient/Observation.r patient/Observation.s?lab > patient/Observation.rs?lab > true"
      })
  void covers(String mine, String wanted, boolean expected) {
    assertThat(parse(wanted).scopes()).hasSize(1);
    assertThat(parse(mine).covers(parse(wanted).scopes().getFirst())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "patient/Observation.r, Observation, READ, true",
    "patient/Observation.r, Observation, SEARCH, false",
    "patient/Observation.s, Observation, READ, false",
    "patient/Observation.s, Observation, SEARCH, true",
    "patient/Observation.rs, Condition, READ, false",
    "patient/Observation.u, Observation, CREATE, false",
    "patient/Observation.c, Observation, UPDATE, false",
    "patient/Observation.cud, Observation, READ, false",
    "patient/Observation.read, Observation, DELETE, false",
    "patient/Observation.write, Observation, DELETE, true",
    "patient/*.read, Condition, SEARCH, true",
    "patient/*.read, Condition, CREATE, false",
    "openid, Patient, READ, false",
    "patient/Observation.rs, Observ, READ, false",
    "patient/Observation.rs, observation, READ, false"
  })
  void allowsByLetter(String scope, String type, Interaction interaction, boolean expected) {
    assertThat(permission(ScopeSet.parse(scope), type, interaction) instanceof Permission.Full)
        .isEqualTo(expected);
  }

  @Test
  void allowsNothingInAnotherContext() {
    var both = ScopeSet.parse("patient/Observation.r system/Condition.s");
    assertThat(both.permission(ScopeContext.PATIENT, "Observation", Interaction.READ))
        .isEqualTo(new Permission.Full());
    assertThat(both.permission(ScopeContext.SYSTEM, "Observation", Interaction.READ))
        .isEqualTo(new Permission.None());
    assertThat(both.permission(ScopeContext.SYSTEM, "Condition", Interaction.SEARCH))
        .isEqualTo(new Permission.Full());
    assertThat(both.permission(ScopeContext.PATIENT, "Condition", Interaction.SEARCH))
        .isEqualTo(new Permission.None());
  }

  private static List<String> everySuffix() {
    var suffixes = new ArrayList<>(List.of(""));
    for (var interaction : Interaction.values()) {
      for (var shorter : List.copyOf(suffixes)) {
        suffixes.add(shorter + interaction.letter());
      }
    }
    suffixes.remove("");
    suffixes.addAll(List.of("read", "write", "*"));
    return suffixes;
  }

  private static List<Scope> everyScope() {
    var scopes = new ArrayList<Scope>(NamedScope.KNOWN);
    for (var type : List.of("*", "Observation", "Condition")) {
      for (var suffix : everySuffix()) {
        scopes.add(Scope.parse("patient/" + type + "." + suffix).orElseThrow());
      }
    }
    return scopes;
  }

  private static boolean covers(Scope mine, Scope wanted) {
    return new ScopeSet(List.of(mine)).covers(wanted);
  }

  @Test
  void coveringIsReflexiveAndTransitive() {
    var scopes = everyScope();
    for (var a : scopes) {
      assertThat(covers(a, a)).isTrue();
      for (var b : scopes) {
        if (covers(a, b)) {
          assertThat(scopes.stream().filter(c -> covers(b, c))).allMatch(c -> covers(a, c));
        }
      }
    }
  }

  @Test
  void allCategoriesTogetherAreLessThanTheType() {
    var whole = (ResourceScope) Scope.parse("patient/Observation.rs").orElseThrow();
    assertThat(new ScopeSet(List.copyOf(whole.perCategory())).covers(whole)).isFalse();
  }

  @Test
  void saysWhatMayBeDoneWithAllWithSomeAndNotAtAll() {
    var scopes =
        parse(
            "patient/Observation.rs?lab patient/Observation.s?vitals user/Goal.r patient/Goal.s"
                + " patient/Goal.s");

    assertThat(permission(scopes, "Observation", Interaction.READ))
        .isInstanceOfSatisfying(
            Permission.Filtered.class, some -> assertThat(query(some)).isEqualTo(LAB));
    assertThat(permission(scopes, "Observation", Interaction.SEARCH))
        .isInstanceOfSatisfying(
            Permission.Filtered.class,
            some -> assertThat(query(some)).isEqualTo(LAB + "," + VITALS.substring(10)));
    assertThat(permission(scopes, "Observation", Interaction.CREATE))
        .isEqualTo(new Permission.None());
    assertThat(permission(scopes, "Goal", Interaction.READ)).isEqualTo(new Permission.None());
    assertThat(permission(scopes, "Goal", Interaction.SEARCH)).isEqualTo(new Permission.Full());
  }

  @Test
  void aFullScopeBesideAFilteredOneMeansAllOfTheType() {
    var scopes = parse("patient/Observation.r?lab patient/*.r");
    assertThat(permission(scopes, "Observation", Interaction.READ))
        .isEqualTo(new Permission.Full());
  }

  private static Permission permission(ScopeSet scopes, String type, Interaction interaction) {
    return scopes.permission(ScopeContext.PATIENT, type, interaction);
  }

  private static String query(Permission.Filtered some) {
    return "?"
        + some.filter().conditions().stream().map(FilterCondition::query).collect(joining("&"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "patient/Observation.rs > patient/Observation.read",
        "patient/Observation.r patient/Observation.s > patient/Observation.rs",
        "patient/*.read patient/Goal.r > patient/*.rs",
        "patient/Observation.rs?lab patient/Observation.r > patient/Observation.r"
            + " patient/Observation.s?lab",
        "openid patient/Goal.r > patient/Goal.r openid"
      })
  void differentSpellingsMayMeanTheSame(String one, String other) {
    assertThat(parse(one).meansTheSameAs(parse(other))).isTrue();
    assertThat(parse(one)).isNotEqualTo(parse(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "patient/*.rs > patient/*.r",
        "patient/*.r > patient/*.rs",
        "patient/Goal.r > patient/Goal.r openid",
        "patient/Observation.rs > patient/Observation.rs?lab"
      })
  void oneThatAllowsMoreDoesNotMeanTheSame(String one, String other) {
    assertThat(parse(one).meansTheSameAs(parse(other))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "patient/*.rs > patient/Observation.cruds > patient/Observation.rs",
        "patient/*.rs > patient/Observation.* > patient/Observation.rs",
        "patient/*.r > patient/*.read > patient/*.r",
        "patient/*.rs > patient/Observation.read > patient/Observation.read",
        "patient/*.r > patient/Observation.rs?lab > patient/Observation.r?lab",
        "patient/Observation.rs?lab > patient/Observation.rs > ''",
        "patient/Observation.rs > patient/*.rs > ''",
        "patient/*.rs > user/Goal.rs > ''",
        "openid > openid > openid",
        "openid > fhirUser > ''"
      })
  void theCoveredPartHasFewerLettersAndTheSameFilter(String mine, String wanted, String part) {
    var scope = parse(wanted).scopes().getFirst();
    var covered = parse(mine).coveredPart(scope);
    assertThat(covered.map(Scope::spelled).orElse("")).isEqualTo(parse(part).spelled());
    assertThat(covered).isEqualTo(covered.map(Scope::spelled).flatMap(Scope::parse));
  }

  @Test
  void leavesOutWhatItDoesNotKnowAndNamesIt() {
    var asked = "openid patient/Observation.rs group/*.rs patient/Unicorn.rs launch/Encounter";
    assertThat(ScopeSet.parse(asked).spelled()).isEqualTo("openid patient/Observation.rs");
    assertThat(ScopeSet.unknown(asked))
        .containsExactly("group/*.rs", "patient/Unicorn.rs", "launch/Encounter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "openid  fhirUser > openid fhirUser",
        "openid openid > openid",
        "patient/Observation.rs openid patient/Observation.rs > patient/Observation.rs openid",
        "patient/Observation.read patient/Observation.rs > patient/Observation.read"
            + " patient/Observation.rs"
      })
  void keepsOrderAndDropsRepetitions(String asked, String kept) {
    assertThat(ScopeSet.parse(asked).spelled()).isEqualTo(kept);
  }

  @Test
  void anEmptyStringIsNoScope() {
    assertThat(ScopeSet.parse("").isEmpty()).isTrue();
    assertThat(ScopeSet.parse("   ").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "patient/*.read, .read",
    "patient/*.rs, .rs",
    "patient/*.*, .*",
    "patient/*.cruds, .cruds"
  })
  void aWildcardBecomesOneScopePerTypeInTheSameSpelling(String wildcard, String suffix) {
    var expanded = ScopeSet.parse("openid " + wildcard).perType();
    assertThat(expanded.scopes()).hasSize((int) RecordType.ofWildcard().count() + 1);
    assertThat(expanded.spelled()).contains("patient/Observation" + suffix);
    assertThat(ScopeSet.parse(expanded.spelled())).isEqualTo(expanded);
    assertThat(ScopeSet.parse("openid " + wildcard).coversAll(expanded)).isTrue();
  }

  @Test
  void aWildcardDoesNotMeanTheLogOfAccesses() {
    var wildcard = ScopeSet.parse("patient/*.cruds");
    assertThat(permission(wildcard, "AuditEvent", Interaction.READ))
        .isEqualTo(new Permission.None());
    assertThat(wildcard.coversAll(ScopeSet.parse("patient/AuditEvent.r"))).isFalse();
    assertThat(wildcard.perType().spelled()).doesNotContain("AuditEvent");
    var named = ScopeSet.parse("patient/AuditEvent.rs");
    assertThat(permission(named, "AuditEvent", Interaction.SEARCH))
        .isEqualTo(new Permission.Full());
  }

  @Test
  void explicitScopesStayAsTheyAreWhenWildcardsAreReplaced() {
    var scopes = ScopeSet.parse("patient/Observation.rs offline_access");
    assertThat(scopes.perType()).isEqualTo(scopes);
  }
}
