package dev.latchkey.interaction;

import java.util.List;

/// The visits and hospital stays of a patient that somebody can choose from when an app asks which
/// one it is used for, listed where the record is kept.
@FunctionalInterface
public interface RecentEncounters {
  /// No list is longer.
  int MOST = 20;

  /// For a server that has no record at hand: there is nothing to choose.
  RecentEncounters NONE = (_, _) -> List.of();

  /// One of them. What the record does not say is empty.
  ///
  /// @param id bare FHIR id
  /// @param start FHIR dateTime as it was recorded, such as `2026-06-17T20:03:06+02:00`
  /// @param kind what was done, in the words of the record
  /// @param place where
  /// @param practitioner with whom
  record Entry(String id, String start, String kind, String place, String practitioner) {}

  /// Those that took place and that an app in the hands of this user may see, newest first. It does
  /// not fail and does not keep a page waiting for more than a moment: what cannot be listed in
  /// time is no choice.
  ///
  /// @param patient bare id of the patient whose record would be shared
  /// @param fhirUser who would share it, as `Type/id`
  List<Entry> of(String patient, String fhirUser);
}
