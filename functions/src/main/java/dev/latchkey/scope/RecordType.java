package dev.latchkey.scope;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The FHIR resource types of a patient's record that a patient can share, each in plain words.
///
/// The list is that of US Core 6.1 and 7.0, which the US rule asks a patient to be able to choose
/// from one by one (45 CFR 170.315(g)(10)), and the shared types that a record points at.
public enum RecordType {
  PATIENT(
      "Patient",
      "Name, birth date, address and contact details",
      "Nombre, fecha de nacimiento, dirección y datos de contacto"),
  ALLERGY_INTOLERANCE(
      "AllergyIntolerance", "Allergies and intolerances", "Alergias e intolerancias"),
  AUDIT_EVENT(
      "AuditEvent",
      "Who has looked at the record, and with which apps",
      "Quién ha consultado el expediente y con qué aplicaciones"),
  CARE_PLAN("CarePlan", "Care plans", "Planes de atención médica"),
  CARE_TEAM("CareTeam", "Care team", "Equipo de atención médica"),
  CONDITION("Condition", "Health problems and diagnoses", "Problemas de salud y diagnósticos"),
  CONSENT("Consent", "Consents on file", "Consentimientos registrados"),
  COVERAGE("Coverage", "Insurance coverage", "Cobertura del seguro médico"),
  DEVICE("Device", "Implants and devices", "Implantes y dispositivos médicos"),
  DIAGNOSTIC_REPORT("DiagnosticReport", "Test reports", "Informes de pruebas médicas"),
  DOCUMENT_REFERENCE(
      "DocumentReference", "Clinical notes and documents", "Notas clínicas y documentos"),
  ENCOUNTER("Encounter", "Visits and hospital stays", "Consultas y hospitalizaciones"),
  GOAL("Goal", "Health goals", "Metas de salud"),
  IMMUNIZATION("Immunization", "Vaccinations", "Vacunas"),
  LOCATION("Location", "Places where care was given", "Lugares donde se recibió atención"),
  MEDICATION("Medication", "Medicines by name", "Nombres de los medicamentos"),
  MEDICATION_DISPENSE(
      "MedicationDispense",
      "Medicines handed out by a pharmacy",
      "Medicamentos entregados por una farmacia"),
  MEDICATION_REQUEST("MedicationRequest", "Prescriptions", "Recetas médicas"),
  OBSERVATION(
      "Observation",
      "Lab results, vital signs and social history",
      "Resultados de laboratorio, signos vitales y antecedentes sociales"),
  ORGANIZATION("Organization", "Hospitals and practices", "Hospitales y consultorios"),
  PRACTITIONER("Practitioner", "Doctors and other professionals", "Médicos y otros profesionales"),
  PRACTITIONER_ROLE(
      "PractitionerRole", "Roles of the professionals", "Funciones de los profesionales"),
  PROCEDURE("Procedure", "Operations and procedures", "Operaciones y procedimientos"),
  PROVENANCE(
      "Provenance",
      "Where entries in the record come from",
      "De dónde vienen los datos del expediente"),
  RELATED_PERSON("RelatedPerson", "Family members and carers", "Familiares y cuidadores"),
  SERVICE_REQUEST(
      "ServiceRequest", "Orders and referrals", "Órdenes médicas y derivaciones a especialistas"),
  SPECIMEN("Specimen", "Samples taken", "Muestras tomadas");

  private static final Map<String, RecordType> BY_NAME =
      Arrays.stream(values()).collect(toUnmodifiableMap(RecordType::fhirName, type -> type));

  private final String fhirName;
  private final String english;
  private final String spanish;

  RecordType(String fhirName, String english, String spanish) {
    this.fhirName = fhirName;
    this.english = english;
    this.spanish = spanish;
  }

  public String fhirName() {
    return fhirName;
  }

  /// For the consent page.
  public String plainName(Language language) {
    return new Phrase(english, spanish).in(language);
  }

  /// Whether a wildcard means this type. It means what a record says; who has read the record is no
  /// part of that, and an app that may see the one need not see which other apps there are. So the
  /// log of accesses is shared by name only.
  boolean isOfWildcard() {
    return this != AUDIT_EVENT;
  }

  /// The types that a wildcard means.
  public static Stream<RecordType> ofWildcard() {
    return Arrays.stream(values()).filter(RecordType::isOfWildcard);
  }

  public static Optional<RecordType> of(String fhirName) {
    return Optional.ofNullable(BY_NAME.get(fhirName));
  }

  /// As `launch/{type}` spells it.
  static Optional<RecordType> ofLowerCase(String name) {
    return Arrays.stream(values())
        .filter(type -> type.fhirName.toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  public static boolean isServed(String fhirName) {
    return of(fhirName).isPresent();
  }
}
