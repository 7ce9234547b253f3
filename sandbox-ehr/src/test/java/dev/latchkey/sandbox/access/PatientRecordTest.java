package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.PatientRecord.Kind;
import dev.latchkey.scope.RecordType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PatientRecordTest {
  private static final PatientRecord RECORD =
      new PatientRecord(FhirCalls.FHIR, "http://localhost:8080/fhir");

  @Test
  void exactlyFiveTypesAreTheDirectory() {
    assertThat(
            Stream.of(RecordType.values())
                .map(RecordType::fhirName)
                .filter(type -> RECORD.kind(type) == Kind.DIRECTORY))
        .containsExactlyInAnyOrder(
            "Location", "Medication", "Organization", "Practitioner", "PractitionerRole");
  }

  @ParameterizedTest
  @CsvSource({
    "Patient, PATIENT",
    "Observation, ENTRY",
    "RelatedPerson, ENTRY",
    "Coverage, ENTRY",
    "Device, ENTRY",
    "Provenance, ENTRY",
    "Organization, DIRECTORY",
    "AuditEvent, TRAIL",
    "Person, OUTSIDE",
    "Group, OUTSIDE",
    "SearchParameter, OUTSIDE",
    "Binary, OUTSIDE",
    "Unicorn, OUTSIDE"
  })
  void knowsTheKindOfAType(String type, Kind kind) {
    assertThat(RECORD.kind(type)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "Patient, _id",
    "Observation, 'patient,subject'",
    "Condition, 'patient,subject'",
    "AllergyIntolerance, patient",
    "Coverage, 'patient,beneficiary'",
    "RelatedPerson, patient",
    "AuditEvent, entity"
  })
  void knowsTheParametersThatNameTheOwner(String type, String parameters) {
    assertThat(RECORD.ownerParameters(type))
        .containsExactlyInAnyOrderElementsOf(List.of(parameters.split(",", -1)));
  }

  private static Resource observation(String subject, String performer) {
    return new Observation()
        .setSubject(new Reference(subject))
        .addPerformer(new Reference(performer));
  }

  static Stream<Resource> ofAna() {
    return Stream.of(
        new Patient().setId("Patient/ana"),
        new Patient().setId("Patient/ana/_history/3"),
        observation("Patient/ana", "Practitioner/x"),
        observation("Patient/ana/_history/3", "Practitioner/x"),
        observation("http://localhost:8080/fhir/Patient/ana", "Practitioner/x"),
        observation("Patient/ana", "Patient/ben"),
        new Coverage().setBeneficiary(new Reference("Patient/ana")),
        new Provenance()
            .addTarget(new Reference("Observation/1"))
            .addTarget(new Reference("Patient/ana")));
  }

  @ParameterizedTest
  @MethodSource("ofAna")
  void holdsWhatIsAboutThePatient(Resource resource) {
    assertThat(RECORD.owner(resource)).contains("ana");
  }

  static Stream<Resource> notOfAna() {
    var sibling = new Patient();
    sibling.addLink().setOther(new Reference("Patient/ana"));
    return Stream.of(
        new Patient(),
        new Patient().setId("Patient/ben"),
        sibling.setId("Patient/ben"),
        new Observation(),
        observation("Patient/ben", "Patient/ana"),
        observation("Group/ana", "Practitioner/x"),
        observation("Device/ana", "Practitioner/x"),
        observation("https://elsewhere.example/fhir/Patient/ana", "Practitioner/x"),
        observation("#ana", "Practitioner/x"),
        observation("urn:uuid:ana", "Practitioner/x"),
        new Coverage()
            .setBeneficiary(new Reference("Patient/ben"))
            .setSubscriber(new Reference("Patient/ana")),
        new Provenance()
            .addTarget(new Reference("Patient/ben"))
            .addTarget(new Reference("Patient/ana")),
        new Provenance().addTarget(new Reference("Observation/1")),
        new Organization().setId("Organization/ana"));
  }

  @ParameterizedTest
  @MethodSource("notOfAna")
  void holdsNothingThatOnlyMentionsThePatient(Resource resource) {
    assertThat(RECORD.owner(resource)).isNotEqualTo(Optional.of("ana"));
  }
}
