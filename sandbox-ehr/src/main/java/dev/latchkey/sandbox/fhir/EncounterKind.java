package dev.latchkey.sandbox.fhir;

import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Encounter;

/// What was done at an encounter, in the words of the record.
public final class EncounterKind {
  /// What SNOMED CT adds to a name to tell what it names.
  private static final Pattern SEMANTIC_TAG = Pattern.compile(" \\([a-z ]+\\)$");

  private EncounterKind() {}

  /// Empty where the record does not say.
  public static String of(Encounter encounter) {
    var type = encounter.getTypeFirstRep();
    var words = type.hasText() ? type.getText() : type.getCodingFirstRep().getDisplay();
    return words == null ? "" : SEMANTIC_TAG.matcher(words).replaceFirst("");
  }
}
