package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;

import dev.latchkey.scope.RecordCategory;

/// Scopes with a filter, and what they are held against in the record of Ana.
final class FilteredScopes {
  /// An app that may see all of her record.
  static final FhirCalls ALL = GuardedFhir.as(ANA, "patient/*.rs");

  static final String LAB = filtered("patient/Observation.rs", RecordCategory.LABORATORY);

  private FilteredScopes() {}

  static String filtered(String scope, RecordCategory category) {
    return scope + "?category=" + category.token();
  }

  /// The search for what is filed there.
  static String of(RecordCategory category) {
    return category.type().fhirName() + "?category=" + category.token();
  }

  /// The id of something that is filed there.
  static String oneOf(RecordCategory category) {
    return ALL.all(of(category)).getFirst();
  }
}
