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
    "launch/patient"
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
      if (scope instanceof ResourceScope data) {
        assertThat(
                new ScopeSet(List.of(data))
                    .coversAll(new ScopeSet(List.copyOf(data.perCategory()))))
            .isTrue();
      }
    }
    assertThat(Language.preferred(Optional.of(text), Optional.of(text))).isNotNull();
  }
}
