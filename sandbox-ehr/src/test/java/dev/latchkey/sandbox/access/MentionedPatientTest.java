package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Another patient's record that mentions the token's patient in every place but the one that says
/// whose it is. All of it is in that patient's FHIR compartment, and none of it is hers.
class MentionedPatientTest {
  private static final Reference HER = new Reference("Patient/" + ANA);
  private static final Reference SOMEONE = new Reference("Patient/mentioning");
  private static final CodeableConcept CODE = new CodeableConcept().setText("mentioned");

  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.cruds");

  static Stream<Resource> mentions() {
    var linked = new Patient().addName(new HumanName().setText("Mentioning"));
    linked.addLink().setOther(HER.copy()).setType(LinkType.SEEALSO);
    var team = new CareTeam().setSubject(SOMEONE.copy());
    team.addParticipant().setMember(HER.copy());
    return Stream.of(
        linked.setId("Patient/mentioning"),
        new Observation()
            .setStatus(ObservationStatus.FINAL)
            .setCode(CODE.copy())
            .setSubject(SOMEONE.copy())
            .addPerformer(HER.copy())
            .setId("Observation/mentioning"),
        new AllergyIntolerance()
            .setPatient(SOMEONE.copy())
            .setRecorder(HER.copy())
            .setAsserter(HER.copy())
            .setId("AllergyIntolerance/mentioning"),
        new Coverage()
            .setBeneficiary(SOMEONE.copy())
            .setSubscriber(HER.copy())
            .setPolicyHolder(HER.copy())
            .addPayor(HER.copy())
            .setId("Coverage/mentioning"),
        team.setId("CareTeam/mentioning"),
        new RelatedPerson().setPatient(SOMEONE.copy()).setId("RelatedPerson/mentioning"),
        new Provenance()
            .addTarget(SOMEONE.copy())
            .addTarget(HER.copy())
            .setId("Provenance/mentioning"));
  }

  @BeforeAll
  static void store() {
    var daos = GuardedFhir.running().bean(DaoRegistry.class);
    mentions()
        .forEach(
            resource -> daos.getResourceDao(resource).update(resource, new SystemRequestDetails()));
  }

  @ParameterizedTest
  @MethodSource("mentions")
  void isNotThereToReadOrChange(Resource resource) {
    var id = resource.getId();
    var missing = resource.fhirType() + "/nobody-has-this";
    assertThat(ana.get(id).visible()).isEqualTo(ana.get(missing).visible());
    assertThat(ana.get(id + "/_history").visible())
        .isEqualTo(ana.get(missing + "/_history").visible());
    assertThat(ana.delete(id).visible()).isEqualTo(ana.delete(missing).visible());
    assertThat(ana.get(id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("mentions")
  void isNotThereToFind(Resource resource) {
    var type = resource.fhirType();
    assertThat(ana.get(type + "?_count=200&_include=*&_revinclude=*").body())
        .doesNotContain("mentioning");
    if (!type.equals("Patient")) {
      assertThat(ana.get(type + "?_id=mentioning").ids()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation?performer=Patient/dolores",
        "AllergyIntolerance?recorder=Patient/dolores",
        "Coverage?subscriber=Patient/dolores",
        "CareTeam?participant=Patient/dolores",
        "Patient?link=Patient/dolores"
      })
  void isNotCounted(String search) {
    var answer = ana.get(search);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.ids()).noneMatch(id -> id.endsWith("/mentioning"));
    assertThat(ana.get(search + "&_summary=count").bundle().getTotal())
        .isEqualTo(answer.bundle().getEntry().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?_revinclude=Observation:performer",
        "Patient?_revinclude=AllergyIntolerance:recorder",
        "Patient?_revinclude=Coverage:subscriber",
        "Patient?_revinclude=CareTeam:participant",
        "Patient?_revinclude=Patient:link",
        "Patient?_revinclude=Provenance:target",
        "Patient?_revinclude=*&_count=200"
      })
  void isNotIncluded(String search) {
    var answer = ana.get(search);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.ids()).contains("Patient/" + ANA);
    assertThat(answer.body()).doesNotContain("mentioning");
  }

  @Test
  void isNoPartOfEverything() {
    var page = ana.get("Patient/" + ANA + "/$everything?_count=50");
    assertThat(page.body()).doesNotContain("mentioning");
    while (page.bundle().getLink("next") != null) {
      page = ana.get(page.next());
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).doesNotContain("mentioning");
    }
  }

  @Test
  void aLinkIsNotFollowed() {
    for (var search :
        List.of(
            "Patient?link:Patient.name=Mentioning",
            "Patient?_has:Patient:link:name=Mentioning",
            "Patient?_has:Observation:performer:code=x")) {
      assertThat(ana.get(search).status()).isEqualTo(403);
    }
  }
}
