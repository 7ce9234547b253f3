package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.FilteredScopes.LAB;
import static dev.latchkey.sandbox.access.FilteredScopes.filtered;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.scope.RecordCategory;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/// What an app may write whose scopes have a filter, and what of that it and others see.
class FilteredWritesTest {
  private static Observation filedUnder(Coding... categories) {
    var observation =
        new Observation()
            .setStatus(ObservationStatus.FINAL)
            .setCode(new CodeableConcept().setText("written by a test"))
            .setSubject(new Reference("Patient/" + OTHER));
    for (var category : categories) {
      observation.addCategory(new CodeableConcept(category));
    }
    return observation;
  }

  private static Coding coding(RecordCategory category) {
    return new Coding().setSystem(category.system()).setCode(category.code());
  }

  private static String created(FhirCalls app, Observation observation) {
    var answer = app.post("Observation", observation);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.header("location").replaceAll(".*/(Observation/[^/]+)/.*", "$1");
  }

  @Test
  void whatIsWrittenStaysWithinTheFilter() {
    var app = GuardedFhir.as(OTHER, filtered("patient/Observation.cud", RecordCategory.LABORATORY));
    var lab = filedUnder(coding(RecordCategory.LABORATORY));
    var vital = filedUnder(coding(RecordCategory.VITAL_SIGNS));
    var id = created(app, lab);
    assertThat(app.post("Observation", vital).status()).isEqualTo(403);
    assertThat(app.post("Observation", filedUnder()).status()).isEqualTo(403);

    lab.setId(id.replace("Observation/", ""));
    assertThat(app.put(id, lab).status()).isEqualTo(200);
    vital.setId(lab.getId());
    assertThat(app.put(id, vital).status()).isEqualTo(403);
    var refile =
        "[{\"op\":\"replace\",\"path\":\"/category/0/coding/0/code\",\"value\":\"vital-signs\"}]";
    assertThat(app.patch(id, refile).status()).isEqualTo(403);
    assertThat(app.delete(id).status()).isEqualTo(200);
  }

  @Test
  void whatIsHiddenCannotBeChangedOrDeleted() {
    var id =
        created(
            GuardedFhir.as(OTHER, "patient/*.cruds"),
            filedUnder(coding(RecordCategory.VITAL_SIGNS)));
    var app = GuardedFhir.as(OTHER, filtered("patient/Observation.cud", RecordCategory.LABORATORY));
    var lab = filedUnder(coding(RecordCategory.LABORATORY));
    lab.setId(id.replace("Observation/", ""));
    assertThat(app.put(id, lab).status()).isEqualTo(404);
    assertThat(app.patch(id, "[]").status()).isEqualTo(404);
    assertThat(app.delete(id).status()).isEqualTo(404);
    assertThat(GuardedFhir.as(OTHER, "patient/*.rs").get(id).status()).isEqualTo(200);
  }

  @Test
  void writingWithAFilterDoesNotShowWhatReadingWithAnotherHides() {
    var app =
        GuardedFhir.as(
            OTHER,
            "patient/Observation.c "
                + filtered("patient/Observation.r", RecordCategory.LABORATORY));
    assertThat(app.post("Observation", filedUnder(coding(RecordCategory.LABORATORY))).body())
        .isNotEmpty();
    assertThat(app.post("Observation", filedUnder(coding(RecordCategory.SURVEY))).body()).isEmpty();
  }

  @Test
  void aCodeOfAnotherSystemIsAnotherCategory() {
    var writer = GuardedFhir.as(OTHER, "patient/*.cruds");
    var local = new Coding().setSystem("https://clinic.example/codes").setCode("laboratory");
    var bare = new Coding().setCode("laboratory");
    var reader = GuardedFhir.as(OTHER, LAB);
    for (var coding : List.of(local, bare)) {
      assertThat(reader.get(created(writer, filedUnder(coding))).status()).isEqualTo(404);
    }
    var filedTwice = filedUnder(local, coding(RecordCategory.LABORATORY));
    assertThat(reader.get(created(writer, filedTwice)).status()).isEqualTo(200);
  }

  @Test
  void earlierVersionsThatWereFiledElsewhereStayHidden() {
    var writer = GuardedFhir.as(OTHER, "patient/*.cruds");
    var id = created(writer, filedUnder(coding(RecordCategory.VITAL_SIGNS)));
    var refiled = filedUnder(coding(RecordCategory.LABORATORY));
    refiled.setId(id.replace("Observation/", ""));
    assertThat(writer.put(id, refiled).status()).isEqualTo(200);

    var reader = GuardedFhir.as(OTHER, LAB);
    assertThat(reader.get(id + "/_history/2").status()).isEqualTo(200);
    assertThat(reader.get(id + "/_history/1").status()).isEqualTo(404);
    assertThat(reader.get(id + "/_history").bundle().getEntry()).hasSize(1);
  }
}
