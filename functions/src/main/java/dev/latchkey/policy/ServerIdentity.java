package dev.latchkey.policy;

import java.util.Optional;

/// Who this server is. Every URL that it publishes is built from here and never from a Host header,
/// which the caller chooses.
///
/// @param issuer the public origin, without path or trailing slash (RFC 8414 section 2)
/// @param fhirBase the one FHIR base URL that tokens are for, without trailing slash
/// @param brand where apps learn whose server it is
/// @param opensApps whether an EHR beside this server opens apps (SMART 2.2, EHR launch)
public record ServerIdentity(
    String issuer, String fhirBase, Optional<Brand> brand, boolean opensApps) {
  /// A server whose brand is not published, without an EHR.
  public ServerIdentity(String issuer, String fhirBase) {
    this(issuer, fhirBase, Optional.empty(), false);
  }

  /// Whether an app means our FHIR base by this, with one trailing slash or without (SMART 2.2,
  /// `aud`; RFC 8707, `resource`).
  public boolean isFhirBase(String target) {
    return target.equals(fhirBase) || target.equals(fhirBase + "/");
  }

  /// An absolute URL below the issuer; `path` starts with a slash.
  public String url(String path) {
    return issuer + path;
  }
}
