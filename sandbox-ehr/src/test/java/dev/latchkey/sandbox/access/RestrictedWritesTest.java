package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.LabelledRecord.finding;
import static dev.latchkey.sandbox.access.LabelledRecord.labelled;
import static dev.latchkey.sandbox.access.LabelledRecord.visit;
import static dev.latchkey.sandbox.access.TwoRecords.RESTRICTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.LabelledRecord.Other;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is labelled as restricted is written by the patient's own apps only, and no app takes a
/// label off.
class RestrictedWritesTest {
  @RegisterExtension static final LabelledRecord record = new LabelledRecord();

  private final FhirCalls patient = GuardedFhir.as(LabelledRecord.ID, "patient/*.cruds");

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
  void rsv8_nobodyElseWritesARestrictedEntryOrRefersToIt(Other other) {
    other.during(
        () -> {
          var app = other.calls("cruds");
          var secret = "Observation/secret-finding";
          var before = patient.get(secret).body();
          var patch = "[{\"op\":\"remove\",\"path\":\"/meta/security\"}]";
          var missing = app.delete("Observation/no-such-finding").visible();
          assertThat(app.delete(secret).visible()).isEqualTo(missing);
          assertThat(app.put(secret, finding("secret-finding", "open")).status()).isEqualTo(404);
          assertThat(app.patch(secret, patch).status()).isEqualTo(404);
          var made = labelled(finding("made", "made"), "R");
          assertThat(app.post("Observation", made).status()).isEqualTo(403);
          assertThat(app.post("Observation", made).problem()).contains("restricted");
          var hidden = labelled(finding("open-finding", "hidden"), "V");
          assertThat(app.put("Observation/open-finding", hidden).status()).isEqualTo(403);
          for (var target : List.of("Encounter/secret-visit", "Encounter/no-such-visit")) {
            var referring = finding("referring", "made");
            referring.setEncounter(new Reference(target));
            assertThat(app.post("Observation", referring).status()).as(target).isEqualTo(403);
          }
          assertThat(app.post("Encounter?code=secret", visit("x", "AMB")).status()).isEqualTo(403);
          assertThat(
                  app.send(
                          "PUT",
                          "Observation?code=secret",
                          "{\"resourceType\":\"Observation\"}",
                          "application/fhir+json")
                      .status())
              .isEqualTo(403);
          assertThat(patient.get(secret).body()).isEqualTo(before);
        });
  }

  /// FHIR R4, section 3.1.0.5 (tags and security labels): a write without a label takes none off.
  @Test
  void rsv8_thePatientsAppMayLabelAnEntryAndNoAppTakesALabelOff() {
    var created = patient.post("Observation", labelled(finding("", "made"), "R"));
    assertThat(created.status()).isEqualTo(201);
    var id = created.resource().getIdElement().toUnqualifiedVersionless().getValue();
    var doctor = Other.DOCTOR_IN_CONTEXT.calls("rs");
    assertThat(doctor.get(id).status()).isEqualTo(404);

    var plain = finding("x", "changed");
    plain.setId(id);
    assertThat(patient.put(id, plain).status()).isEqualTo(200);
    var patch = "[{\"op\":\"remove\",\"path\":\"/meta/security\"}]";
    assertThat(patient.patch(id, patch).status()).isEqualTo(200);
    var lower = labelled(finding("x", "changed"), "N");
    lower.setId(id);
    assertThat(patient.put(id, lower).status()).isEqualTo(200);
    var label = RESTRICTED.split("\\|", 2);
    var named = new Meta().addSecurity(new Coding(label[0], label[1], null));
    var taken = new Parameters().addParameter("meta", named);
    assertThat(patient.post(id + "/$meta-delete", taken).problem())
        .contains("does not know how to handle POST operation");

    assertThat(doctor.get(id).status()).isEqualTo(404);
    assertThat(doctor.get(id + "/_history").status()).isEqualTo(404);
    assertThat(patient.delete(id).status()).isEqualTo(200);
  }

  /// A label that says nothing is no reason to fail.
  @Test
  void rsv8_aLabelWithoutACodeRestrictsNothing() {
    var vague = finding("", "vague");
    vague.getMeta().addSecurity().setSystem(RESTRICTED.split("\\|", 2)[0]);
    var doctor = Other.DOCTOR_IN_CONTEXT.calls("crd");
    var created = doctor.post("Observation", vague);
    assertThat(created.status()).as(created.body()).isEqualTo(201);

    var id = created.resource().getIdElement().toUnqualifiedVersionless().getValue();
    assertThat(doctor.get(id).status()).isEqualTo(200);
    assertThat(doctor.delete(id).status()).isEqualTo(200);
  }
}
