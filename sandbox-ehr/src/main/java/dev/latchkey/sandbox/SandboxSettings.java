package dev.latchkey.sandbox;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What a person may set about the sandbox as a whole, bound from `latchkey.*` properties.
///
/// @param issuer the public origin, without path or trailing slash, for example
///   `http://localhost:8080`; every URL that the sandbox writes starts with it, never with the
///   `Host` header
/// @param data the folder that keeps the FHIR store and the authorization server's store between
///   starts
@ConfigurationProperties("latchkey")
public record SandboxSettings(URI issuer, Path data) {

  public SandboxSettings {
    if (!isOrigin(issuer)) {
      throw new IllegalArgumentException(
          "latchkey.issuer must be an origin such as http://localhost:8080, but is " + issuer);
    }
    data = data.toAbsolutePath().normalize();
  }

  /// The FHIR base URL, without trailing slash: the issuer plus `/fhir`.
  public URI fhirBase() {
    return URI.create(issuer + "/fhir");
  }

  /// The data folder and the names of the files in it.
  public DataFolder dataFolder() {
    return new DataFolder(data);
  }

  private static boolean isOrigin(URI issuer) {
    return ("http".equals(issuer.getScheme()) || "https".equals(issuer.getScheme()))
        && issuer.getHost() != null
        && issuer.getRawUserInfo() == null
        && issuer.getRawPath().isEmpty()
        && issuer.getRawQuery() == null
        && issuer.getRawFragment() == null;
  }
}
