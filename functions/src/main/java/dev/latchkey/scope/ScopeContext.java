package dev.latchkey.scope;

import java.util.Arrays;
import java.util.Optional;

/// Whose data a scope is about (SMART 2.2, "Scopes for requesting FHIR Resources").
///
/// No context covers another: a user may see other records than the one that was chosen, and not
/// all of that one.
public enum ScopeContext {
  /// One patient's record, chosen at launch.
  PATIENT("patient"),
  /// What the signed-in user may see.
  USER("user"),
  /// What a backend service may see without any user.
  SYSTEM("system");

  private final String word;

  ScopeContext(String word) {
    this.word = word;
  }

  /// As in a scope: `patient`.
  public String word() {
    return word;
  }

  static Optional<ScopeContext> of(String word) {
    return Arrays.stream(values()).filter(context -> context.word.equals(word)).findFirst();
  }
}
