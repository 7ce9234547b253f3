package dev.latchkey.sandbox.access;

import java.util.List;

/// What the patients see of their own records, to hold against what their doctor sees.
final class PatientsEntries {
  private PatientsEntries() {}

  /// Without the restricted ones, which are for the patients alone: RestrictedEntriesTest.
  static List<String> ofPatients(List<String> patients, String type, String query) {
    var search = type + "?_count=200&_security:not=" + TwoRecords.RESTRICTED + query;
    return patients.stream()
        .flatMap(patient -> GuardedFhir.as(patient, "patient/*.rs").all(search).stream())
        .toList();
  }

  /// An entry of Kendal, a patient of another doctor.
  static String foreign(String type) {
    return ofPatients(List.of("kendal"), type, "").getFirst();
  }
}
