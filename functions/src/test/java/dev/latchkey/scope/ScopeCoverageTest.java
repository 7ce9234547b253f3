package dev.latchkey.scope;

import static dev.latchkey.scope.ShortSpelling.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which scopes cover which others (SMART App Launch 2.2: scopes add up, and `rs` means `r` and
/// `s`). Consent and refresh may only ever narrow. SCO-2, SCO-6, SCO-7, SCO-9; `ScopeModelTest`
/// tries the same against a model.
class ScopeCoverageTest {
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
}
