package dev.latchkey.sandbox.access;

import java.util.List;
import java.util.Optional;

/// Who asks.
enum Subject {
  ANA(Optional.of("matrix-ana")),
  BEA(Optional.of("matrix-bea")),
  /// Acts for Ana, and is not her.
  PROXY(Optional.of("matrix-ana")),
  SERVICE(Optional.empty()),
  NOBODY(Optional.empty());

  static final List<String> PATIENTS = List.of("matrix-ana", "matrix-bea");

  private final Optional<String> patient;

  Subject(Optional<String> patient) {
    this.patient = patient;
  }

  Optional<String> patient() {
    return patient;
  }

  boolean hasToken() {
    return this != NOBODY;
  }

  boolean isService() {
    return this == SERVICE;
  }

  boolean isThePatient() {
    return this == ANA || this == BEA;
  }

  boolean isAbout(String other) {
    return patient.filter(other::equals).isPresent();
  }

  boolean sees(String other) {
    return isService() || isAbout(other);
  }

  List<ScopeForm> forms(String type) {
    return hasToken()
        ? ScopeForm.of(context(), type)
        : List.of(new ScopeForm("none", "", List.of()));
  }

  ScopeForm widened(ScopeForm form) {
    return form.with(context(), StoredRecords.PATIENT, "Provenance");
  }

  FhirCalls calls(String scopes) {
    return switch (this) {
      case ANA, BEA -> GuardedFhir.as(patient.orElseThrow(), scopes);
      case PROXY -> GuardedFhir.as("matrix-ana", "RelatedPerson/ana-mother", scopes);
      case SERVICE -> GuardedFhir.asService(scopes);
      case NOBODY -> GuardedFhir.withoutToken();
    };
  }

  private String context() {
    return isService() ? "system" : "patient";
  }
}
