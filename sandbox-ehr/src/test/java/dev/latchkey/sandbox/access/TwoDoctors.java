package dev.latchkey.sandbox.access;

import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.account.UserDirectory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A directory of two practitioners who share no patient, of a mother and her child, and of the
/// users of [AccessMatrix].
final class TwoDoctors implements UserDirectory {
  /// The `sub` of one, of the other, and of the mother.
  static final String DOCTOR = "sub-doctor";

  static final String COLLEAGUE = "sub-colleague";
  static final String MOTHER = "sub-mother";

  /// The patients of [#DOCTOR].
  static final List<String> PATIENTS = List.of("dolores", "shella", "alonso");

  private List<String> patients = PATIENTS;
  private boolean isDown;
  private int reads;

  /// The doctor has these patients for as long as `during` runs.
  void whileTreating(List<String> others, Runnable during) {
    patients = others;
    try {
      during.run();
    } finally {
      patients = PATIENTS;
    }
  }

  void goDown() {
    isDown = true;
  }

  int reads() {
    return reads;
  }

  @Override
  public Optional<User> find(String username) {
    throw new AssertionError("The FHIR side knows users by their subject only");
  }

  String fhirUser(String subject) {
    return user(subject).map(User::fhirUser).orElse("Practitioner/nobody");
  }

  @Override
  public Optional<User> ofSubject(String subject) {
    reads++;
    if (isDown) {
      throw new IllegalStateException("connection refused");
    }
    return user(subject);
  }

  private Optional<User> user(String subject) {
    var these =
        Stream.of(
            user(DOCTOR, "Practitioner/francisco-gusikowski", patients),
            user(COLLEAGUE, "Practitioner/somebody", List.of("kendal")),
            user(MOTHER, "Patient/dolores", List.of("dolores", "graciela")));
    var ofMatrix = Subject.users().map(one -> user(one.name(), one.fhirUser(), one.records()));
    return Stream.concat(these, ofMatrix)
        .filter(user -> user.subject().equals(subject))
        .findFirst();
  }

  private static User user(String subject, String fhirUser, List<String> patients) {
    return new User(
        subject + "-name",
        subject,
        "Somebody",
        "not-a-hash",
        fhirUser,
        patients.stream()
            .map(id -> new PatientAccess(id, id, "2000-01-01", "your patient"))
            .toList());
  }

  @Override
  public void put(User user) {
    throw new UnsupportedOperationException("The FHIR side only asks");
  }
}
