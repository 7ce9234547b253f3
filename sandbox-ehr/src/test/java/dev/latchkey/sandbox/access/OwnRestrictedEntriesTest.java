package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.TwoDoctors.DOCTOR;
import static dev.latchkey.sandbox.access.TwoDoctors.MOTHER;
import static dev.latchkey.sandbox.access.TwoRecords.RESTRICTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.LabelledRecord.Other;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is the patient, for whose own apps nothing in the record is restricted, and what everybody
/// else learns of it from the log of accesses and under `user/` scopes.
class OwnRestrictedEntriesTest {
  private static final String ID = LabelledRecord.ID;
  private static final String NOT_RESTRICTED = "_security:not=" + RESTRICTED;

  @RegisterExtension static final LabelledRecord labelled = new LabelledRecord();

  private final FhirCalls patient = GuardedFhir.as(ID, "patient/*.cruds");

  @Test
  void rsv6_thePatientsOwnAppSeesEverythingWhateverItWasToldOfTheUser() {
    for (var app :
        List.of(
            patient,
            GuardedFhir.as(ID, "patient/*.rs openid fhirUser"),
            withoutUserClaim("patient/*.rs"))) {
      for (var id :
          List.of(
              "Observation/secret-finding",
              "Observation/most-secret-finding",
              "Encounter/secret-visit")) {
        assertThat(app.get(id).status()).as(id).isEqualTo(200);
      }
      assertThat(app.get("Observation").bundle().getTotal()).isEqualTo(4);
      assertThat(app.get("Observation?encounter.class=EMER").ids())
          .containsExactly("Observation/open-finding");
      assertThat(app.get("Patient?_has:Observation:patient:code=secret").ids())
          .containsExactly("Patient/" + ID);
      assertThat(app.get("Patient/" + ID + "/$everything").ids())
          .contains("Observation/secret-finding", "Encounter/secret-visit");
    }
  }

  private static FhirCalls withoutUserClaim(String scopes) {
    var family = GuardedFhir.family().of("Patient/" + ID).value();
    var token =
        GuardedFhir.token(
            claims -> claims.claim("sid", family).claim("patient", ID).claim("scope", scopes));
    return new FhirCalls(GuardedFhir.running().fhirBase(), token);
  }

  /// A claim is for the app; who shared the record is in the grant.
  @Test
  void rsv6_aClaimMakesNobodyThePatient() {
    var family = GuardedFhir.family().of("RelatedPerson/mother").value();
    var token =
        GuardedFhir.token(
            claims ->
                claims
                    .claim("sid", family)
                    .claim("patient", ID)
                    .claim("fhirUser", "Patient/" + ID)
                    .claim("scope", "patient/*.rs"));
    var app = new FhirCalls(GuardedFhir.running().fhirBase(), token);
    assertThat(app.get("Observation/secret-finding").status()).isEqualTo(404);
  }

  /// A mother reads her own record as herself and her child's for the child.
  @Test
  void sco9_rsv6_underUserScopesOnlyTheRecordOfTheUserIsWhole() {
    var mother = GuardedFhir.asUser(MOTHER, "", "user/*.rs");
    var own = "Observation?_summary=count&patient=dolores";

    assertThat(mother.get(own).bundle().getTotal())
        .isEqualTo(GuardedFhir.as("dolores", "patient/*.rs").get(own).bundle().getTotal())
        .isGreaterThan(mother.get(own + "&" + NOT_RESTRICTED).bundle().getTotal());
    var childs = "Condition?_summary=count&patient=graciela";
    assertThat(mother.get(childs).bundle().getTotal())
        .isEqualTo(
            GuardedFhir.as("graciela", "patient/*.rs")
                .get(childs + "&" + NOT_RESTRICTED)
                .bundle()
                .getTotal());
    assertThat(mother.get("Patient").ids()).hasSize(2);
    assertThat(mother.get("Observation?patient=dolores,graciela").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICE")
  void rsv11_theLogOfAccessesNamesEntriesToThePatientOnly(Other other) {
    other.during(
        () -> {
          var secret = "Observation/secret-finding";
          assertThat(patient.get(secret).status()).isEqualTo(200);
          var search = "AuditEvent?patient=" + ID;
          var ofEntry = "AuditEvent?entity=" + secret;
          var own = GuardedFhir.as(ID, "patient/AuditEvent.rs");
          assertThat(own.get(search).body()).contains(secret);
          assertThat(own.get(ofEntry).bundle().getTotal()).isPositive();

          var app =
              switch (other) {
                case PROXY -> GuardedFhir.as(ID, "RelatedPerson/mother", "patient/AuditEvent.rs");
                case DOCTOR_IN_CONTEXT ->
                    GuardedFhir.as(ID, "Practitioner/one", "patient/AuditEvent.rs");
                default -> GuardedFhir.asUser(DOCTOR, "", "user/AuditEvent.rs");
              };
          var found = app.get("AuditEvent?entity=Patient/" + ID);
          assertThat(found.bundle().getTotal()).isPositive();
          assertThat(found.body()).contains("Patient/" + ID).doesNotContain("-finding");
          assertThat(app.get(found.ids().getFirst()).body()).doesNotContain("-finding");
          assertThat(app.get(ofEntry).status()).isEqualTo(403);
          assertThat(app.get("AuditEvent?entity:Observation=secret-finding").status())
              .isEqualTo(403);
        });
  }
}
