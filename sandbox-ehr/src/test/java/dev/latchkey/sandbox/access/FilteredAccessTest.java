package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.FilteredScopes.ALL;
import static dev.latchkey.sandbox.access.FilteredScopes.LAB;
import static dev.latchkey.sandbox.access.FilteredScopes.filtered;
import static dev.latchkey.sandbox.access.FilteredScopes.oneOf;
import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.scope.RecordCategory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Scopes with a filter (SMART 2.2, "Finer-grained resource constraints using search parameters")
/// show the part of a type that the filter lets through, on every way to it.
class FilteredAccessTest {
  private static final FhirCalls LABS = GuardedFhir.as(ANA, LAB);

  @ParameterizedTest
  @EnumSource(RecordCategory.class)
  void sco4_aSearchFindsExactlyWhatIsFiledThere(RecordCategory category) {
    var type = category.type().fhirName();
    var app = GuardedFhir.as(ANA, filtered("patient/" + type + ".rs", category));
    var expected = new HashSet<>(ALL.all(FilteredScopes.of(category)));

    assertThat(app.all(type + "?_count=7")).doesNotHaveDuplicates().hasSameElementsAs(expected);
    assertThat(app.get(type + "?_summary=count").bundle().getTotal()).isEqualTo(expected.size());
    assertThat(app.get(type + "?_total=accurate&_count=1").bundle().getTotal())
        .isEqualTo(expected.size());
  }

  @Test
  void sco6_scopesAddUp() {
    var both =
        GuardedFhir.as(
            ANA, LAB + " " + filtered("patient/Observation.rs", RecordCategory.VITAL_SIGNS));
    var expected = new HashSet<>(ALL.all(FilteredScopes.of(RecordCategory.LABORATORY)));
    expected.addAll(ALL.all(FilteredScopes.of(RecordCategory.VITAL_SIGNS)));
    assertThat(both.all("Observation")).hasSameElementsAs(expected);
    assertThat(both.get(oneOf(RecordCategory.SURVEY)).status()).isEqualTo(404);
  }

  @Test
  void whatIsReadAndWhatIsSearchedAreApart() {
    var app =
        GuardedFhir.as(
            ANA,
            filtered("patient/Observation.r", RecordCategory.SURVEY)
                + " "
                + filtered("patient/Observation.s", RecordCategory.LABORATORY));
    assertThat(app.all("Observation"))
        .hasSameElementsAs(ALL.all(FilteredScopes.of(RecordCategory.LABORATORY)));
    assertThat(app.get(oneOf(RecordCategory.SURVEY)).status()).isEqualTo(200);
    assertThat(app.get(oneOf(RecordCategory.LABORATORY)).status()).isEqualTo(404);
  }

  @Test
  void rsv5_aHiddenResourceIsAnsweredLikeOneThatIsNotThere() {
    var hidden = oneOf(RecordCategory.VITAL_SIGNS);
    for (var path : List.of("", "/_history", "/_history/1")) {
      var answer = LABS.get(hidden + path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.visible()).isEqualTo(LABS.get("Observation/no-such" + path).visible());
    }
    var shown = oneOf(RecordCategory.LABORATORY);
    for (var path : List.of("", "/_history", "/_history/1")) {
      assertThat(LABS.get(shown + path).status()).as(path).isEqualTo(200);
    }
  }

  static Stream<String> searchesForSomethingElse() {
    var vital = oneOf(RecordCategory.VITAL_SIGNS);
    return Stream.of(
        FilteredScopes.of(RecordCategory.VITAL_SIGNS),
        "Observation?category=vital-signs",
        "Observation?_id=" + vital,
        "Observation?code=http://loinc.org|8302-2",
        "Observation?category:not=" + RecordCategory.LABORATORY.token(),
        "Observation?category:missing=true",
        "Observation?_summary=true&category=vital-signs",
        "Observation?_elements=code&category=vital-signs");
  }

  @ParameterizedTest
  @MethodSource("searchesForSomethingElse")
  void aSearchForSomethingElseFindsNothing(String search) {
    var answer = LABS.get(search);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bundle().getEntry()).isEmpty();
    var path = search.split("\\?", 2);
    var posted = LABS.search(path[0], path[1].replace("|", "%7C"));
    assertThat(posted.status()).isEqualTo(200);
    assertThat(posted.bundle().getEntry()).isEmpty();
  }

  @Test
  void rsv6_whatASearchBringsAlongIsFilteredToo() {
    var app = GuardedFhir.as(ANA, LAB + " patient/Encounter.rs patient/DiagnosticReport.rs");
    var labs = Set.copyOf(ALL.all(FilteredScopes.of(RecordCategory.LABORATORY)));
    var searches =
        List.of(
            "Encounter?_revinclude=Observation:encounter",
            "Encounter?_revinclude=*",
            "DiagnosticReport?_include=DiagnosticReport:result",
            "DiagnosticReport?_include=*");
    for (var search : searches) {
      var found = app.all(search + "&_count=200");
      var observations = found.stream().filter(id -> id.startsWith("Observation/")).toList();
      assertThat(observations).as(search).isNotEmpty().allMatch(labs::contains);
    }
  }

  @Test
  void everythingIsFilteredToo() {
    var app = GuardedFhir.as(ANA, "patient/Patient.r " + LAB);
    var labs = ALL.all(FilteredScopes.of(RecordCategory.LABORATORY));
    var found = app.all("Patient/" + ANA + "/$everything?_count=100");
    assertThat(found.stream().filter(id -> id.startsWith("Observation/")))
        .doesNotHaveDuplicates()
        .hasSameElementsAs(labs);
  }

  /// They are questions that are answered by what else is found.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?_has:Observation:patient:code=8302-2",
        "DiagnosticReport?result.code=8302-2",
        "Encounter?_include:iterate=Observation:performer&_revinclude=Observation:encounter",
        "Encounter?_include=Observation:performer&_revinclude=Observation:encounter",
        "Encounter?_include=*&_revinclude=Observation:encounter",
        "Observation?_include=Observation:has-member&_include:iterate=Observation:performer"
      })
  void whatWouldAskAboutHiddenResourcesNeedsAllOfTheType(String search) {
    var types =
        " patient/Patient.rs patient/Encounter.rs patient/DiagnosticReport.rs"
            + " patient/Practitioner.rs";
    assertThat(GuardedFhir.as(ANA, LAB + types).get(search).status()).isEqualTo(403);
    assertThat(GuardedFhir.as(ANA, "patient/Observation.rs" + types).get(search).status())
        .isEqualTo(200);
  }

  @Test
  void rsv6_aPageLinkOfAWiderSearchIsWorthNothing() {
    var next = ALL.get("Observation?_count=5").next();
    assertThat(LABS.get(next).status()).isEqualTo(404);
    var own = LABS.get("Observation?_count=5").next();
    assertThat(LABS.get(own).status()).isEqualTo(200);
    assertThat(ALL.get(own).status()).isEqualTo(200);
    assertThat(GuardedFhir.as(OTHER, LAB).get(own).status()).isEqualTo(404);
  }

  @Test
  void rsv7_eachEntryOfABatchIsFiltered() {
    var batch = new Bundle().setType(BundleType.BATCH);
    for (var url : List.of(oneOf(RecordCategory.LABORATORY), oneOf(RecordCategory.SURVEY))) {
      batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(url);
    }
    assertThat(LABS.post("", batch).bundle().getEntry())
        .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
        .containsExactly("200", "404");
  }

  @Test
  void aServiceIsHeldToTheFilterToo() {
    var everything = GuardedFhir.asService("system/*.rs");
    var service =
        GuardedFhir.asService(filtered("system/Observation.rs", RecordCategory.LABORATORY));
    var labs = "Observation?_summary=count&category=" + RecordCategory.LABORATORY.token();
    assertThat(service.get("Observation?_summary=count").bundle().getTotal())
        .isEqualTo(everything.get(labs).bundle().getTotal());
    assertThat(service.get(oneOf(RecordCategory.LABORATORY)).status()).isEqualTo(200);
    var hidden = oneOf(RecordCategory.SURVEY);
    for (var path : List.of("", "/_history", "/_history/1")) {
      assertThat(service.get(hidden + path).visible())
          .isEqualTo(service.get("Observation/no-such" + path).visible());
    }
    assertThat(service.get(hidden).status()).isEqualTo(404);
    assertThat(service.get(everything.get("Observation?_count=5").next()).status()).isEqualTo(404);
  }

  @Test
  void anotherTypeIsNotTouchedByTheFilter() {
    var app = GuardedFhir.as(ANA, LAB + " patient/Condition.rs");
    assertThat(app.all("Condition")).hasSameElementsAs(ALL.all("Condition"));
  }
}
