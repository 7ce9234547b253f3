package dev.latchkey.sandbox.access;

import java.util.List;
import java.util.stream.Stream;

/// Who asks.
enum Subject {
  ANA("patient", "Patient/matrix-ana", "matrix-ana"),
  BEA("patient", "Patient/matrix-bea", "matrix-bea"),
  /// Acts for Ana, and is not her.
  PROXY("patient", "RelatedPerson/ana-mother", "matrix-ana"),
  /// Ana, whose app has `user/` scopes.
  ANA_AS_USER("user", "Patient/matrix-ana", "matrix-ana"),
  /// Ana as a mother: she sees the record of Bea, her child, besides her own.
  PARENT("user", "Patient/matrix-ana", "matrix-ana", "matrix-bea"),
  /// Bea is a patient of this one, and Ana is not.
  DOCTOR("user", "Practitioner/of-bea", "matrix-bea"),
  DOCTOR_OF_BOTH("user", "Practitioner/of-both", "matrix-ana", "matrix-bea"),
  SERVICE("system", "", "matrix-ana", "matrix-bea"),
  NOBODY("", "");

  static final List<String> PATIENTS = List.of("matrix-ana", "matrix-bea");

  private final String context;
  private final String fhirUser;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of
  private final List<String> records;

  /// @param context of the scopes that count
  /// @param records of the two patients, those that the subject may see
  Subject(String context, String fhirUser, String... records) {
    this.context = context;
    this.fhirUser = fhirUser;
    this.records = List.of(records);
  }

  /// Whose patients the user directory tells.
  static Stream<Subject> users() {
    return Stream.of(values()).filter(Subject::isUser);
  }

  String fhirUser() {
    return fhirUser;
  }

  List<String> records() {
    return records;
  }

  boolean hasToken() {
    return this != NOBODY;
  }

  boolean isService() {
    return this == SERVICE;
  }

  boolean isUser() {
    return context.equals("user");
  }

  boolean isThePatient(String owner) {
    return fhirUser.equals("Patient/" + owner);
  }

  boolean sees(String patient) {
    return records.contains(patient);
  }

  boolean seesBoth() {
    return records.containsAll(PATIENTS);
  }

  /// Whether a search has to say whose record it is about: the own one is shown whole, the other
  /// one without what is restricted.
  boolean mustNameOne() {
    return seesBoth() && records.stream().anyMatch(this::isThePatient);
  }

  List<ScopeForm> forms(String type) {
    return hasToken() ? ScopeForm.of(context, type) : List.of(new ScopeForm("none", "", List.of()));
  }

  ScopeForm widened(ScopeForm form) {
    return form.with(context, StoredRecords.PATIENT, "Provenance");
  }

  FhirCalls calls(String scopes) {
    return switch (this) {
      case ANA, BEA, PROXY -> GuardedFhir.as(records.getFirst(), fhirUser, scopes);
      case ANA_AS_USER, PARENT, DOCTOR, DOCTOR_OF_BOTH -> GuardedFhir.asUser(name(), "", scopes);
      case SERVICE -> GuardedFhir.asService(scopes);
      case NOBODY -> GuardedFhir.withoutToken();
    };
  }
}
