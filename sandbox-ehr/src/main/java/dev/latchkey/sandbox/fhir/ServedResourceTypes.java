package dev.latchkey.sandbox.fhir;

import java.util.Set;
import java.util.TreeSet;

/// The resource types that apps can reach: those of US Core that the synthetic patients have, the
/// ones that a `fhirUser` may be, and the groups that a backend service exports.
final class ServedResourceTypes {

  static final Set<String> SERVED =
      Set.of(
          "AllergyIntolerance",
          "CarePlan",
          "CareTeam",
          "Condition",
          "Consent",
          "Coverage",
          "Device",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "Goal",
          "Group",
          "Immunization",
          "Location",
          "Medication",
          "MedicationDispense",
          "MedicationRequest",
          "Observation",
          "Organization",
          "Patient",
          "Person",
          "Practitioner",
          "PractitionerRole",
          "Procedure",
          "Provenance",
          "RelatedPerson",
          "ServiceRequest",
          "Specimen");

  /// Types that HAPI itself reads and writes: search parameters, terminology, batch jobs.
  private static final Set<String> INTERNAL =
      Set.of(
          "Binary",
          "Bundle",
          "CodeSystem",
          "ConceptMap",
          "NamingSystem",
          "OperationOutcome",
          "Parameters",
          "Questionnaire",
          "SearchParameter",
          "StructureDefinition",
          "Subscription",
          "Task",
          "ValueSet");

  private ServedResourceTypes() {}

  /// Served types and the ones HAPI needs for itself, in alphabetical order.
  static Set<String> stored() {
    var stored = new TreeSet<>(SERVED);
    stored.addAll(INTERNAL);
    return stored;
  }
}
