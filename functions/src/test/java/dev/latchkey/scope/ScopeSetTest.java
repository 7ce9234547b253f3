package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which scopes cover which others (SMART App Launch 2.2: scopes add up, and `rs` means `r` and
/// `s`). Consent and refresh may only ever narrow.
class ScopeSetTest {

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
        "launch/patient > patient/Patient.r > false"
      })
  void covers(String mine, String wanted, boolean expected) {
    var scope = Scope.parse(wanted).orElseThrow();
    assertThat(ScopeSet.parse(mine).covers(scope)).isEqualTo(expected);
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
    assertThat(ScopeSet.parse(scope).allows(ScopeContext.PATIENT, type, interaction))
        .isEqualTo(expected);
  }

  @Test
  void allowsNothingInAnotherContext() {
    var both = ScopeSet.parse("patient/Observation.r system/Condition.s");
    assertThat(both.allows(ScopeContext.PATIENT, "Observation", Interaction.READ)).isTrue();
    assertThat(both.allows(ScopeContext.SYSTEM, "Observation", Interaction.READ)).isFalse();
    assertThat(both.allows(ScopeContext.SYSTEM, "Condition", Interaction.SEARCH)).isTrue();
    assertThat(both.allows(ScopeContext.PATIENT, "Condition", Interaction.SEARCH)).isFalse();
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

  @Test
  void coveringIsReflexiveAndTransitive() {
    var scopes = everyScope();
    for (var a : scopes) {
      assertThat(a.covers(a)).isTrue();
      for (var b : scopes) {
        if (a.covers(b)) {
          assertThat(scopes.stream().filter(b::covers)).allMatch(a::covers);
        }
      }
    }
  }

  @Test
  void coveringNeverAllowsMore() {
    var scopes = everyScope();
    for (var a : scopes) {
      var mine = new ScopeSet(List.of(a));
      for (var b : scopes) {
        if (b instanceof ResourceScope wanted && mine.covers(b)) {
          for (var type : List.of("Observation", "Condition", "Patient")) {
            for (var interaction : Interaction.values()) {
              assertThat(
                      !wanted.allows(type, interaction)
                          || mine.allows(wanted.context(), type, interaction))
                  .as("%s covers %s but not %s of %s", a, b, interaction, type)
                  .isTrue();
            }
          }
        }
      }
    }
  }

  @Test
  void leavesOutWhatItDoesNotKnowAndNamesIt() {
    var asked = "openid patient/Observation.rs user/*.rs patient/Unicorn.rs launch/encounter";
    assertThat(ScopeSet.parse(asked).spelled()).isEqualTo("openid patient/Observation.rs");
    assertThat(ScopeSet.unknown(asked))
        .containsExactly("user/*.rs", "patient/Unicorn.rs", "launch/encounter");
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
    assertThat(expanded.scopes()).hasSize(RecordType.values().length + 1);
    assertThat(expanded.spelled()).contains("patient/Observation" + suffix);
    assertThat(ScopeSet.parse(expanded.spelled())).isEqualTo(expanded);
    assertThat(ScopeSet.parse("openid " + wildcard).coversAll(expanded)).isTrue();
  }

  @Test
  void explicitScopesStayAsTheyAreWhenWildcardsAreReplaced() {
    var scopes = ScopeSet.parse("patient/Observation.rs offline_access");
    assertThat(scopes.perType()).isEqualTo(scopes);
  }
}
