package dev.latchkey.sandbox.contents;

import java.util.List;

/// An invented person who can sign in to the sandbox.
///
/// @param username short and lower case
/// @param password public on purpose: it starts with `sandbox-`
/// @param kind `patient` for somebody with one record, their own; `proxy` for somebody who acts for
///   a child; `practitioner` for somebody who works here
/// @param fhirUser relative reference, `Patient/kendal`, `RelatedPerson/bobby-father` or
///   `Practitioner/francisco-gusikowski`
/// @param patients whose records they may share, at least one
public record Person(
    String username,
    String password,
    String kind,
    String name,
    String fhirUser,
    List<PatientRecord> patients) {

  /// A record that a person may share.
  ///
  /// @param id bare FHIR id of the patient
  /// @param birthDate ISO date
  /// @param relationship in plain words: `yourself`, `your child`, `your patient`
  public record PatientRecord(String id, String name, String birthDate, String relationship) {}

  public Person {
    patients = List.copyOf(patients);
  }
}
