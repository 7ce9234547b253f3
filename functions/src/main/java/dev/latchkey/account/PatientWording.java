package dev.latchkey.account;

import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.PlainText;

/// A patient in words.
public final class PatientWording {
  private PatientWording() {}

  /// Such as `your child, born 28 September 2018`.
  public static String details(User.PatientAccess patient) {
    return PlainText.name(patient.relationship())
        + ", born "
        + PlainText.name(DisplayTime.date(patient.birthDate()));
  }
}
