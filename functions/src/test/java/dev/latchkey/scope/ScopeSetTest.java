package dev.latchkey.scope;

import static dev.latchkey.scope.ShortSpelling.parse;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How scopes are read and spelled, and when two spellings mean the same.
class ScopeSetTest {
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
  void explicitScopesStayAsTheyAreWhenWildcardsAreReplaced() {
    var scopes = ScopeSet.parse("patient/Observation.rs offline_access");
    assertThat(scopes.perType()).isEqualTo(scopes);
  }
}
