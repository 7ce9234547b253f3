package dev.latchkey.scope;

import java.util.Arrays;
import java.util.Optional;

/// The FHIR resource types of a patient's record that a patient can share, each in plain words.
///
/// The list is that of US Core 6.1 and 7.0, which the US rule asks a patient to be able to choose
/// from one by one (45 CFR 170.315(g)(10)), and the shared types that a record points at.
public enum RecordType {
  PATIENT("Patient", "Name, birth date, address and contact details"),
  ALLERGY_INTOLERANCE("AllergyIntolerance", "Allergies and intolerances"),
  CARE_PLAN("CarePlan", "Care plans"),
  CARE_TEAM("CareTeam", "Care team"),
  CONDITION("Condition", "Health problems and diagnoses"),
  CONSENT("Consent", "Consents on file"),
  COVERAGE("Coverage", "Insurance coverage"),
  DEVICE("Device", "Implants and devices"),
  DIAGNOSTIC_REPORT("DiagnosticReport", "Test reports"),
  DOCUMENT_REFERENCE("DocumentReference", "Clinical notes and documents"),
  ENCOUNTER("Encounter", "Visits and hospital stays"),
  GOAL("Goal", "Health goals"),
  IMMUNIZATION("Immunization", "Vaccinations"),
  LOCATION("Location", "Places where care was given"),
  MEDICATION("Medication", "Medicines by name"),
  MEDICATION_DISPENSE("MedicationDispense", "Medicines handed out by a pharmacy"),
  MEDICATION_REQUEST("MedicationRequest", "Prescriptions"),
  OBSERVATION("Observation", "Lab results, vital signs and social history"),
  ORGANIZATION("Organization", "Hospitals and practices"),
  PRACTITIONER("Practitioner", "Doctors and other professionals"),
  PRACTITIONER_ROLE("PractitionerRole", "Roles of the professionals"),
  PROCEDURE("Procedure", "Operations and procedures"),
  PROVENANCE("Provenance", "Where entries in the record come from"),
  RELATED_PERSON("RelatedPerson", "Family members and carers"),
  SERVICE_REQUEST("ServiceRequest", "Orders and referrals"),
  SPECIMEN("Specimen", "Samples taken");

  private final String fhirName;
  private final String plainName;

  RecordType(String fhirName, String plainName) {
    this.fhirName = fhirName;
    this.plainName = plainName;
  }

  public String fhirName() {
    return fhirName;
  }

  /// For the consent page.
  public String plainName() {
    return plainName;
  }

  public static Optional<RecordType> of(String fhirName) {
    return Arrays.stream(values()).filter(type -> type.fhirName.equals(fhirName)).findFirst();
  }

  public static boolean isServed(String fhirName) {
    return of(fhirName).isPresent();
  }
}
