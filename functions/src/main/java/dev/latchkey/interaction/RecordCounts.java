package dev.latchkey.interaction;

import dev.latchkey.scope.ResourceScope;
import java.util.Collection;
import java.util.Map;

/// How many entries of a record the choices of the consent page cover today, counted where the
/// record is kept. It tells numbers and never data, and only the page of whoever may share the
/// record shows them.
@FunctionalInterface
public interface RecordCounts {
  /// For a server that has no record at hand: nothing is known.
  RecordCounts NONE = (_, _, _) -> Map.of();

  /// One call for one page. It is a courtesy to the patient and no part of the decision, so it does
  /// not fail and does not keep the page waiting for more than a moment: what it could not count in
  /// time is missing from the answer.
  ///
  /// @param patient bare id of the patient whose record would be shared
  /// @param fhirUser who would share it, as `Type/id`
  /// @param scopes each about one type, of the context `patient`
  /// @return what an access token with each of these scopes alone would find
  Map<ResourceScope, Integer> count(
      String patient, String fhirUser, Collection<ResourceScope> scopes);
}
