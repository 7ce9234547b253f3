package dev.latchkey.conformance.app;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The scopes that the apps of the checks ask for.
public final class Scopes {
  private static final String OBSERVATIONS =
      "http://terminology.hl7.org/CodeSystem/observation-category|";
  private static final String CONDITIONS =
      "http://terminology.hl7.org/CodeSystem/condition-category|";

  /// The types of US Core 6.1 and 7.0 whose resources are about one patient.
  public static final List<String> TYPES =
      List.of(
          "Patient",
          "AllergyIntolerance",
          "CarePlan",
          "CareTeam",
          "Condition",
          "Coverage",
          "Device",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "Goal",
          "Immunization",
          "MedicationDispense",
          "MedicationRequest",
          "Observation",
          "Procedure",
          "Provenance",
          "RelatedPerson",
          "ServiceRequest",
          "Specimen");

  /// Types that the patient of the limited launch leaves out.
  public static final List<String> LEFT_OUT = List.of("Condition", "AllergyIntolerance");

  /// US g(10) part 9, fine-grained scopes, group 1.
  public static final List<String> GROUP_1 =
      List.of(
          condition(CONDITIONS + "encounter-diagnosis"),
          condition("http://hl7.org/fhir/us/core/CodeSystem/condition-category|health-concern"),
          observation(OBSERVATIONS + "laboratory"),
          observation(OBSERVATIONS + "social-history"));

  /// US g(10) part 9, fine-grained scopes, group 2.
  public static final List<String> GROUP_2 =
      List.of(
          condition(CONDITIONS + "problem-list-item"),
          observation(OBSERVATIONS + "vital-signs"),
          observation(OBSERVATIONS + "survey"),
          observation("http://hl7.org/fhir/us/core/CodeSystem/us-core-category|sdoh"));

  /// Identity, context and lasting access.
  public static final String STANDALONE = "openid fhirUser launch/patient offline_access";

  /// The same of an app that an EHR opens.
  public static final String EHR = "launch openid fhirUser offline_access";

  /// All of a record, type by type.
  public static final String EVERYTHING = STANDALONE + " " + everyType(".rs");

  static final String VERSION_1 = STANDALONE + " " + everyType(".read");

  /// As much as an app can spell: types, categories, and both once more to write.
  static final String WIDEST =
      Stream.of(
              EVERYTHING,
              String.join(" ", GROUP_1),
              String.join(" ", GROUP_2),
              observation(OBSERVATIONS + "procedure"),
              everyType(".cud"))
          .collect(Collectors.joining(" "));

  static final String REGISTERED =
      "openid fhirUser launch launch/patient offline_access online_access patient/*.cruds"
          + " user/*.cruds";

  private Scopes() {}

  private static String everyType(String suffix) {
    return TYPES.stream().map(type -> "patient/" + type + suffix).collect(Collectors.joining(" "));
  }

  private static String condition(String category) {
    return "patient/Condition.rs?category=" + category;
  }

  private static String observation(String category) {
    return "patient/Observation.rs?category=" + category;
  }

  /// What comes after `?category=`, `system|code`.
  public static String category(String scope) {
    return scope.substring(scope.indexOf('=') + 1).replace("%7C", "|");
  }

  /// The resource type of a scope over data.
  public static String type(String scope) {
    return scope.substring(scope.indexOf('/') + 1, scope.indexOf('.'));
  }
}
