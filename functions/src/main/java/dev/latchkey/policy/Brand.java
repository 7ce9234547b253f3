package dev.latchkey.policy;

import java.util.LinkedHashMap;
import java.util.Map;

/// Where apps learn under which name patients know the owner of this server (SMART App Launch 2.2,
/// user-access brands).
///
/// @param bundle address of the published list, a FHIR Bundle
/// @param system namespace of `value`; empty for none
/// @param value identifies exactly one organization of that list
public record Brand(String bundle, String system, String value) {
  public Brand {
    if (bundle.isBlank() || value.isBlank()) {
      throw new IllegalArgumentException("A brand needs the address of its list and an identifier");
    }
  }

  /// Reads an identifier as FHIR writes it in searches, such as
  /// `urn:ietf:rfc:3986|https://hospital.example`, or a bare value.
  ///
  /// @throws IllegalArgumentException when there is no value
  public static Brand of(String bundle, String identifier) {
    var bar = identifier.indexOf('|');
    return new Brand(
        bundle, bar < 0 ? "" : identifier.substring(0, bar), identifier.substring(bar + 1));
  }

  /// The identifier as a FHIR `Identifier` in JSON.
  public Map<String, Object> identifier() {
    var identifier = new LinkedHashMap<String, Object>();
    if (!system.isEmpty()) {
      identifier.put("system", system);
    }
    identifier.put("value", value);
    return identifier;
  }
}
