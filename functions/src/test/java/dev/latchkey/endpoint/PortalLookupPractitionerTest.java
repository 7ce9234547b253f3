package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.LookupDeployment.assertRefused;
import static dev.latchkey.endpoint.LookupDeployment.assertUnlinked;
import static dev.latchkey.endpoint.LookupDeployment.changed;
import static dev.latchkey.endpoint.LookupDeployment.patient;
import static dev.latchkey.endpoint.LookupDeployment.patients;
import static dev.latchkey.endpoint.LookupDeployment.practitioner;
import static dev.latchkey.endpoint.LookupDeployment.related;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Practitioners of the portal, looked up in the FHIR server. They are believed by the rules by
/// which patients are, and bring nobody's record along.
@TestInstance(Lifecycle.PER_CLASS)
class PortalLookupPractitionerTest {
  private final LookupDeployment at;

  PortalLookupPractitionerTest() throws IOException {
    at = LookupDeployment.start();
  }

  @AfterAll
  void stopTheServers() {
    at.close();
  }

  @BeforeEach
  void nobodyIsThere() {
    at.forget();
  }

  @Test
  void aPractitionerIsFoundByTheirIdentifierAndHasNoRecordToShare() {
    at.fhir()
        .with(practitioner("roe", "4711", "Kim"))
        .with(practitioner("poe", "4712", "Lee"))
        .with(patient("ana", "4713", "Ana"));

    var user = at.user("4711");

    assertThat(user).containsEntry("fhirUser", "Practitioner/roe").containsEntry("name", "Kim Roe");
    assertThat(patients(user)).isEmpty();
    assertThat(at.fhir().searches())
        .hasSize(3)
        .last()
        .isEqualTo(
            "/fhir/Practitioner?identifier=https%3A%2F%2Fhospital.example%2Faccount%7C4711"
                + "&_elements=identifier%2Cactive%2Cname&_count=2");
  }

  @Test
  void thosePatientsWhoNameAPractitionerAreNotTheirsToShare() {
    var roe = List.of(Map.of("reference", "Practitioner/roe"));
    at.fhir()
        .with(practitioner("roe", "4711", "Kim"))
        .with(changed(patient("ana", "4712", "Ana"), "generalPractitioner", roe));

    assertThat(patients(at.user("4711"))).isEmpty();
  }

  @Test
  void whoIsAPatientTooIsThatPatientAndNoPractitioner() {
    at.fhir().with(practitioner("roe", "4711", "Kim")).with(patient("kim", "4711", "Kim"));

    var user = at.user("4711");

    assertThat(user).containsEntry("fhirUser", "Patient/kim");
    assertThat(patients(user)).extracting(one -> one.get("id")).containsExactly("kim");
    assertThat(at.fhir().searches()).noneMatch(search -> search.contains("/Practitioner"));
  }

  @Test
  void whoActsForAPatientTooDoesThatAndIsNoPractitioner() {
    at.fhir()
        .with(practitioner("roe", "4711", "Kim"))
        .with(related("r1", "4711", "Patient/ben"))
        .with(patient("ben", "", "Ben"));

    var user = at.user("4711");

    assertThat(user).containsEntry("fhirUser", "RelatedPerson/r1");
    assertThat(patients(user)).extracting(one -> one.get("id")).containsExactly("ben");
  }

  @Test
  void whoIsAPatientNoMoreIsTheirPractitioner() {
    at.fhir()
        .with(practitioner("roe", "4711", "Kim"))
        .with(changed(patient("kim", "4711", "Kim"), "active", false))
        .with(changed(related("r1", "4711", "Patient/ben"), "period", Map.of("end", "2035")))
        .with(patient("ben", "", "Ben"));

    var user = at.user("4711");

    assertThat(user).containsEntry("fhirUser", "Practitioner/roe");
    assertThat(patients(user)).isEmpty();
  }

  @Test
  void aPractitionerOutOfUseIsNobody() {
    at.fhir().with(changed(practitioner("roe", "4711", "Kim"), "active", false));

    assertUnlinked(at.ask("4711"));
  }

  @Test
  void twoPractitionersWithOneIdentifierAreNobodyAndOperatorsAreTold() {
    at.fhir().with(practitioner("roe", "4711", "Kim")).with(practitioner("poe", "4711", "Lee"));
    assertRefused(at.ask("4711"), "Several practitioners have the identifier of one person.");

    at.fhir().with(practitioner("doe", "4711", "Sam"));
    assertRefused(at.ask("4711"), "More of type Practitioner have one identifier than can be.");
  }

  @Test
  void aServerThatPassesOverTheSearchMakesNobodyAPractitioner() {
    at.fhir().with(practitioner("roe", "4712", "Kim")).passingOverParameters();

    assertRefused(at.ask("4711"), "The FHIR server found others than it was asked for.");
  }

  @Test
  void anIdentifierThatIsNotTheirsAnyMoreMakesNobodyAPractitioner() {
    var old = Map.of("system", LookupDeployment.SYSTEM, "value", "4711", "use", "old");
    at.fhir().with(changed(practitioner("roe", "4711", "Kim"), "identifier", List.of(old)));

    assertRefused(at.ask("4711"), "others than it was asked for");
  }

  @Test
  void whereTheLookUpIsRegisteredWithoutThemNobodyIsAPractitioner() {
    at.register(at.registered("system/Patient.s system/RelatedPerson.s"));
    at.fhir().with(practitioner("roe", "4711", "Kim"));

    assertUnlinked(at.ask("4711"));
    assertThat(at.fhir().searches()).noneMatch(search -> search.contains("/Practitioner"));

    at.fhir().with(patient("kim", "4711", "Kim"));
    assertThat(at.user("4711")).containsEntry("fhirUser", "Patient/kim");
  }
}
