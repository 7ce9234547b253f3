package dev.latchkey.scope;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Whose data a scope is about (SMART 2.2, scopes for requesting FHIR resources). A patient's
/// scopes never add to those of a backend service, nor the other way round.
public enum ScopeContext {
  /// The one patient that the token names.
  PATIENT("patient"),
  /// Everything that a backend service was registered for; never asked of a patient.
  SYSTEM("system");

  private final String word;

  ScopeContext(String word) {
    this.word = word;
  }

  /// Whether a word of a scope parameter means to be a scope of this context, well written or not.
  public boolean isMeantBy(String text) {
    return text.startsWith(word + "/");
  }

  static ScopeContext of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst().orElseThrow();
  }

  /// For the grammar of scopes.
  static String alternatives() {
    return Arrays.stream(values()).map(one -> one.word).collect(Collectors.joining("|"));
  }

  /// As scopes spell it.
  @Override
  public String toString() {
    return word;
  }
}
