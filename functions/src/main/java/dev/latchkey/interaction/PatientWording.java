package dev.latchkey.interaction;

import dev.latchkey.http.PlainText;

/// A patient in words.
final class PatientWording {
  private PatientWording() {}

  /// Such as `your child, born 28 September 2018`.
  static String details(User.PatientAccess patient) {
    return PlainText.line(patient.relationship(), ConsentPage.LONGEST_NAME)
        + ", born "
        + PlainText.line(DisplayTime.date(patient.birthDate()), ConsentPage.LONGEST_NAME);
  }
}
