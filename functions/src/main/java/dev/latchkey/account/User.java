package dev.latchkey.account;

import java.util.List;
import java.util.Optional;

/// Somebody who can sign in.
///
/// @param username what they type
/// @param subject the stable `sub` in tokens; neither a patient id nor the user name
/// @param name for pages
/// @param passwordHash Argon2id in its encoded form
/// @param fhirUser relative reference such as `Patient/ana` or `RelatedPerson/ben`
/// @param patients whose records they may share, at least one
public record User(
    String username,
    String subject,
    String name,
    String passwordHash,
    String fhirUser,
    List<PatientAccess> patients) {

  /// One patient that a user may act for.
  ///
  /// @param id bare FHIR id
  /// @param birthDate ISO date
  /// @param relationship in plain words: `yourself`, `your child`
  public record PatientAccess(String id, String name, String birthDate, String relationship) {}

  public User {
    patients = List.copyOf(patients);
  }

  /// Whether they can sign in with a password; not who came from the organisation's portal.
  public boolean hasPassword() {
    return !passwordHash.equals(Passwords.NONE);
  }

  /// The same user with another password.
  public User withPasswordHash(String hash) {
    return new User(username, subject, name, hash, fhirUser, patients);
  }

  public Optional<PatientAccess> patient(String id) {
    return patients.stream().filter(patient -> patient.id().equals(id)).findFirst();
  }
}
