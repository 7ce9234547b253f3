package dev.latchkey.portal.lookup;

/// How people of the portal are found in the FHIR server.
///
/// @param issuer of this server, which gives the access token
/// @param clientId under which this server is registered at itself as a backend service
/// @param fhirBase of the FHIR server
/// @param system of the identifier that people have there
/// @param claim of the portal that holds its value
public record LookupSettings(
    String issuer, String clientId, String fhirBase, String system, String claim) {
  public static final String SUBJECT = "sub";

  /// The scope without which practitioners are not looked for.
  static final String PRACTITIONERS = "system/Practitioner.s";

  /// The least that a look-up needs.
  static final String SCOPE = "system/Patient.s system/RelatedPerson.s " + PRACTITIONERS;

  String tokenEndpoint() {
    return issuer + "/token";
  }
}
