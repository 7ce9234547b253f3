package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A page link in the hands of another token.
class PageAccessTest {
  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.rs");
  private final FhirCalls other = GuardedFhir.as(OTHER, "patient/*.rs");

  @Test
  void allPagesTogetherAreTheWholeSearch() {
    var total = ana.get("Observation?_summary=count").bundle().getTotal();
    var page = ana.get("Observation?_count=20");
    var ids = new HashSet<>(page.ids());
    while (page.bundle().getLink("next") != null) {
      page = ana.get(page.next());
      assertThat(page.status()).isEqualTo(200);
      ids.addAll(page.ids());
    }
    assertThat(ids).hasSize(total);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?_count=5",
        "Observation?_count=5&_include=Observation:encounter",
        "Condition?_count=5",
        "Patient/dolores/$everything?_count=5"
      })
  void rsv6_isWorthNothingToAnotherPatient(String search) {
    var next = ana.get(search).next();
    assertThat(ana.get(next).status()).isEqualTo(200);
    var theirs = other.get(next);
    var unknown = other.get(next.replaceFirst("_getpages=[^&]+", "_getpages=no-such-search"));
    assertThat(theirs.status()).isEqualTo(404);
    assertThat(theirs.visible()).isEqualTo(unknown.visible());
  }

  @Test
  void needsTheScopesOfTheSearchThatMadeIt() {
    var next = ana.get("Observation?_count=5&_include=Observation:encounter").next();
    assertThat(GuardedFhir.as(ANA, "patient/Condition.rs").get(next).status()).isEqualTo(403);
    assertThat(GuardedFhir.as(ANA, "patient/Observation.r").get(next).status()).isEqualTo(403);
    assertThat(GuardedFhir.as(ANA, "patient/Observation.rs").get(next).status()).isEqualTo(403);
    var enough = GuardedFhir.as(ANA, "patient/Observation.s patient/Encounter.r");
    assertThat(enough.get(next).status()).isEqualTo(200);
  }

  @Test
  void ofAChainedSearchNeedsTheScopeOfTheChain() {
    var next = ana.get("Observation?encounter.class=AMB&_count=5").next();
    assertThat(GuardedFhir.as(ANA, "patient/Observation.rs").get(next).status()).isEqualTo(403);
  }

  @Test
  void ofEverythingNeedsTheScopesOfAllItsTypes() {
    var next = ana.get("Patient/dolores/$everything?_count=5&_type=Condition,Observation").next();
    var narrower = GuardedFhir.as(ANA, "patient/Patient.rs patient/Condition.rs");
    assertThat(narrower.get(next).status()).isEqualTo(403);
    var enough = GuardedFhir.as(ANA, "patient/Patient.r patient/Condition.r patient/Observation.s");
    assertThat(enough.get(next).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"&_getpages=x", "&patient=kendal", "&_filter=x", "&_revinclude:x=y"})
  void takesNoFurtherParameters(String more) {
    var next = ana.get("Observation?_count=5").next();
    assertThat(ana.get(next + more).status()).isEqualTo(403);
  }
}
