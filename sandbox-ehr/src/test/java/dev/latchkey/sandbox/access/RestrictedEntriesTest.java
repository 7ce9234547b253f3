package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.TwoRecords.RESTRICTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.LabelledRecord.Other;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is labelled as restricted (`R`, `V`) is for the patient's own apps and for nobody else, on
/// every path. AccessMatrixTest asks the same for every type, RestrictedWritesTest for writes.
class RestrictedEntriesTest {
  private static final String ID = LabelledRecord.ID;
  private static final String CODES = LabelledRecord.CODES;

  @RegisterExtension static final LabelledRecord labelled = new LabelledRecord();

  private final FhirCalls patient = GuardedFhir.as(ID, "patient/*.cruds");

  @ParameterizedTest
  @EnumSource
  void rsv6_byIdARestrictedEntryIsLikeAMissingOne(Other other) {
    other.during(
        () -> {
          var app = other.calls("rs");
          for (var id : List.of("secret-finding", "most-secret-finding", "deleted-finding")) {
            for (var path : List.of("", "/_history/1", "/_history")) {
              var answer = app.get("Observation/" + id + path);
              assertThat(answer.status()).as(id + path).isEqualTo(404);
              assertThat(answer.visible())
                  .isEqualTo(app.get("Observation/no-such-finding" + path).visible());
            }
          }
          for (var id : List.of("open-finding", "normal-finding")) {
            for (var path : List.of("", "/_history/1", "/_history")) {
              assertThat(app.get("Observation/" + id + path).status()).as(id + path).isEqualTo(200);
            }
          }
        });
  }

  static Stream<String> searches() {
    return Stream.of(
        "Observation?patient=" + ID,
        "Observation?patient=" + ID + "&_total=accurate&_count=1",
        "Observation?patient=" + ID + "&_summary=count",
        "Observation?subject=Patient/" + ID + "&_security=" + RESTRICTED,
        "Observation?_id=secret-finding,most-secret-finding,open-finding",
        "Observation?code=secret",
        "Observation?code:not=open&patient=" + ID,
        "Observation?patient=" + ID + "&encounter.class=EMER",
        "Observation?patient=" + ID + "&encounter:Encounter._id=secret-visit",
        "Observation?patient=" + ID + "&encounter:Encounter.class:not=AMB",
        "Observation?patient=" + ID + "&_include=Observation:encounter",
        "Observation?patient=" + ID + "&_include=*",
        "Encounter?patient=" + ID + "&_revinclude=Observation:encounter",
        "Patient?_id=" + ID + "&_revinclude=Observation:patient&_revinclude=Encounter:patient",
        "Patient?_has:Observation:patient:code=secret",
        "Patient?_has:Observation:patient:code=secret,open",
        "Patient?_has:Observation:patient:code=open&_has:Observation:patient:code=secret",
        "Patient?_has:Encounter:patient:class=" + CODES + "|EMER",
        "Patient?_has:Observation:patient:encounter=open-visit");
  }

  /// The same as a search answers when nothing restricted is there.
  @ParameterizedTest
  @MethodSource("searches")
  void rsv6_aSearchCountsAndShowsNothingRestricted(String search) {
    for (var other : Other.values()) {
      other.during(
          () -> {
            var app = other.calls("rs");
            var answer = app.get(search);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                .doesNotContain(
                    "\"fullUrl\": \"" + GuardedFhir.running().fhirBase() + "/Observation/secret")
                .doesNotContain("\"code\": \"secret\"", "\"code\": \"EMER\"");
            assertThat(answer.bundle().getTotal()).as(search).isEqualTo(open(search));
            var parts = search.split("\\?", 2);
            assertThat(app.search(parts[0], parts[1]).bundle().getTotal()).isEqualTo(open(search));
          });
    }
  }

  private static int open(String search) {
    var isYes = search.contains("patient:code=secret,open");
    if (search.startsWith("Patient?")) {
      return isYes || search.contains("_revinclude") ? 1 : 0;
    }
    if (search.contains("_id=secret-finding,")) {
      return 1;
    }
    if ((search.contains("encounter") && search.contains("EMER"))
        || search.contains("secret")
        || search.contains("_security=")
        || search.contains("class:not")) {
      return 0;
    }
    return search.contains("code:not") || search.startsWith("Encounter") ? 1 : 2;
  }

  @ParameterizedTest
  @EnumSource
  void rsv6_whatAnIncludeBringsIsNotRestricted(Other other) {
    other.during(
        () -> {
          var app = other.calls("rs");
          assertThat(app.get("Observation?patient=" + ID + "&_include=Observation:encounter").ids())
              .containsExactlyInAnyOrder("Observation/open-finding", "Observation/normal-finding");
          assertThat(
                  app.get("Encounter?patient=" + ID + "&_revinclude=Observation:encounter").ids())
              .containsExactly("Encounter/open-visit");
          for (var further :
              List.of(
                  "Patient?_id="
                      + ID
                      + "&_revinclude=Observation:patient&_include=Observation:encounter",
                  "Observation?_include:iterate=Observation:encounter",
                  "Observation?_sort=encounter.date")) {
            assertThat(app.get(further).status()).as(further).isEqualTo(403);
          }
          assertThat(app.get("Patient/" + ID + "/$everything").status()).isEqualTo(403);
        });
  }

  @ParameterizedTest
  @EnumSource
  void rsv6_pagesAreFullAndThoseOfThePatientAreNotForOthers(Other other) {
    other.during(
        () -> {
          var app = other.calls("rs");
          var first = app.get("Observation?patient=" + ID + "&_count=1");
          var second = app.get(first.next());
          assertThat(first.ids()).hasSize(1);
          assertThat(second.ids()).hasSize(1);
          assertThat(second.bundle().getLink("next")).isNull();
          for (var own :
              List.of("Observation?_count=1", "Patient/" + ID + "/$everything?_count=2")) {
            assertThat(app.get(patient.get(own).next()).status()).as(own).isEqualTo(404);
          }
          assertThat(patient.get(first.next()).status()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @EnumSource
  void rsv7_theEntriesOfABatchObeyLabelsToo(Other other) {
    other.during(
        () -> {
          var batch = new Bundle().setType(BundleType.BATCH);
          for (var url :
              List.of(
                  "Observation/open-finding",
                  "Observation/secret-finding",
                  "Observation/secret-finding/_history/1",
                  "Observation?code=secret")) {
            batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(url);
          }
          var answer = other.calls("rs").post("", batch).bundle();
          assertThat(answer.getEntry())
              .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
              .containsExactly("200", "404", "404", "200");
          assertThat(((Bundle) answer.getEntry().getLast().getResource()).getTotal()).isZero();
        });
  }

  /// Someone else's code system says nothing about confidentiality.
  @ParameterizedTest
  @ValueSource(strings = {"R", "V"})
  void rsv6_theSameCodeOfAnotherSystemRestrictsNothing(String code) {
    var entry = new Condition().setSubject(new Reference("Patient/" + ID));
    entry.setId("Condition/otherwise-labelled");
    entry.getMeta().addSecurity(new Coding(CODES, code, null));
    labelled.store(entry);
    var doctor = Other.DOCTOR_IN_CONTEXT.calls("rs");

    assertThat(doctor.get("Condition/otherwise-labelled").status()).isEqualTo(200);
    assertThat(doctor.get("Condition").bundle().getTotal()).isEqualTo(1);

    labelled.remove("Condition/otherwise-labelled");
  }
}
