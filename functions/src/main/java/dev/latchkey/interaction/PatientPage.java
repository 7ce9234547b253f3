package dev.latchkey.interaction;

import dev.latchkey.http.Language;
import java.util.List;

/// What `patient.jte` shows.
///
/// @param problem what was wrong with the attempt before; empty for none
public record PatientPage(
    Language language,
    String txn,
    String csrf,
    String appName,
    String signedInName,
    List<Choice> patients,
    String problem) {

  /// One radio button.
  ///
  /// @param id value of the radio button
  /// @param details birth date and relationship in plain words
  public record Choice(String id, String name, String details, boolean chosen) {}
}
