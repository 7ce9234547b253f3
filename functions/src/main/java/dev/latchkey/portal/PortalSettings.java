package dev.latchkey.portal;

/// How a deployment is known at its portal.
///
/// @param issuer exactly as the portal names itself (OpenID Connect Discovery section 4.3)
/// @param clientId of this server there; a public client, which proves itself by PKCE
/// @param fhirBase that references may begin with
/// @param fhirUserClaim name of the claim that says who somebody is in the FHIR server
/// @param patientsClaim name of the claim that says for whom else they may act
public record PortalSettings(
    String issuer, String clientId, String fhirBase, String fhirUserClaim, String patientsClaim) {
  public static final String FHIR_USER = "fhirUser";
  public static final String PATIENTS = "patients";

  /// What the portal is asked for.
  public static final String SCOPE = "openid profile";
}
