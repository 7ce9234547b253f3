package dev.latchkey.scope;

/// Scopes whose filters tests spell short: `?lab` and `?vitals`, `&vitals` and `,vitals`.
final class ShortSpelling {
  static final String LAB =
      "?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";
  static final String VITALS =
      "?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs";

  private ShortSpelling() {}

  static ScopeSet parse(String scopes) {
    return ScopeSet.parse(
        scopes
            .replace("?lab", LAB)
            .replace("?vitals", VITALS)
            .replace("&vitals", "&" + VITALS.substring(1))
            .replace(",vitals", "," + VITALS.substring(10)));
  }

  /// In the record of the patient in context.
  static Permission permission(ScopeSet scopes, String type, Interaction interaction) {
    return scopes.permission(ScopeContext.PATIENT, type, interaction);
  }
}
