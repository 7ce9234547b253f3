package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.latchkey.http.Language;
import java.util.List;
import java.util.Optional;

/// Searches for a scope that crashes or contradicts itself: `JAZZER_FUZZ=1 ./mvnw -pl functions
/// -Pfuzz test`.
class ScopeFuzzTest {
  @FuzzTest(maxDuration = "60s")
  @DictionaryEntries({
    "patient/",
    "user/",
    "system/",
    "Observation",
    "Condition",
    "DocumentReference",
    "*",
    ".rs",
    ".cruds",
    ".read",
    ".write",
    "?category=",
    "&category=",
    ",",
    "|",
    "%7C",
    "\\",
    ":in",
    "_filter=",
    "http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
    "http://hl7.org/fhir/us/core/CodeSystem/us-core-category|sdoh",
    "openid",
    "launch",
    "launch/",
    "launch/patient",
    "launch/encounter",
    "launch/imagingstudy",
    "?role=",
    "?role=link",
    "?role=https://example.org/roles#one"
  })
  void understandsOrNot(@NotNull String text) {
    var scopes = ScopeSet.parse(text);
    assertThat(ScopeSet.parse(scopes.spelled())).isEqualTo(scopes);
    assertThat(ScopeSet.unknown(text)).containsAll(ScopeSet.misspelled(text));
    assertThat(scopes.coversAll(scopes)).isTrue();
    assertThat(scopes.coversAll(scopes.perType())).isTrue();
    for (var scope : scopes.scopes()) {
      assertThat(Scope.parse(scope.spelled())).contains(scope);
      assertThat(scopes.coveredPart(scope)).contains(scope);
      assertThat(new ScopeWording(Language.SPANISH).sentence(scope)).isNotBlank();
      switch (scope) {
        case ResourceScope data -> assertCovers(List.of(data), List.copyOf(data.perCategory()));
        case LaunchScope launch -> assertIsPartOfLaunch(launch);
        case NamedScope _ -> {}
      }
    }
    assertThat(Language.preferred(Optional.of(text), Optional.of(text))).isNotNull();
  }

  private static void assertIsPartOfLaunch(LaunchScope scope) {
    assertThat(scope.type()).matches("[a-z]+").isNotEqualTo("patient");
    assertThat(scope.spelled().split("\\?", 2)[0]).isEqualTo("launch/" + scope.type());
    assertCovers(List.of(NamedScope.LAUNCH), List.of(scope));
  }

  private static void assertCovers(List<Scope> more, List<Scope> less) {
    assertThat(new ScopeSet(more).coversAll(new ScopeSet(less))).isTrue();
  }
}
