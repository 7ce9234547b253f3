package dev.latchkey.sandbox;

import dev.latchkey.metadata.ServerMetadata;
import dev.latchkey.policy.Brand;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What a person may set about the sandbox as a whole, bound from `latchkey.*` properties.
///
/// @param issuer the public origin, without path or trailing slash, for example
///   `http://localhost:8080`; every URL that the sandbox writes starts with it, never with the
///   `Host` header
/// @param data the folder that keeps the FHIR store and the authorization server's store between
///   starts
/// @param allowLoopbackKeys whether apps may keep their keys (`jwks_uri`) on this machine, also
///   over plain http; only while the issuer is on this machine too
/// @param rememberConsent whether an app that asks for no more than it holds is let in without the
///   consent page
/// @param registration who may register apps: `closed`, `token`, `statement` or `open`
@ConfigurationProperties("latchkey")
public record SandboxSettings(
    URI issuer,
    Path data,
    boolean allowLoopbackKeys,
    boolean rememberConsent,
    @DefaultValue("open") RegistrationMode registration) {
  /// Path at which the sandbox publishes whose server it is.
  public static final String BRANDS = "/brands";

  public SandboxSettings {
    if (!isOrigin(issuer)) {
      throw new IllegalArgumentException(
          "latchkey.issuer must be an origin such as http://localhost:8080, but is " + issuer);
    }
    if (allowLoopbackKeys && !isOnThisMachine(issuer)) {
      throw new IllegalArgumentException(
          "latchkey.allow-loopback-keys is for a sandbox on localhost, but the issuer is "
              + issuer);
    }
    data = data.toAbsolutePath().normalize();
  }

  /// The FHIR base URL, without trailing slash: the issuer plus `/fhir`.
  public URI fhirBase() {
    return URI.create(issuer + "/fhir");
  }

  /// Who may register which apps. Where only this machine reaches the sandbox, apps on this machine
  /// may be redirected to over `http`.
  public RegistrationPolicy registrationPolicy() {
    var policy = RegistrationPolicy.sandbox(registration);
    return isOnThisMachine(issuer) ? policy.onLoopback() : policy;
  }

  /// The authorization server, as apps and the FHIR server know it.
  public ServerIdentity identity() {
    var brand = new Brand(issuer + BRANDS, "urn:ietf:rfc:3986", issuer.toString());
    return new ServerIdentity(issuer.toString(), fhirBase().toString(), Optional.of(brand), true);
  }

  /// What discovery says about it.
  public ServerMetadata metadata() {
    return new ServerMetadata(identity(), registrationPolicy());
  }

  /// The data folder and the names of the files in it.
  public DataFolder dataFolder() {
    return new DataFolder(data);
  }

  /// Whether nobody but this machine can reach the issuer.
  public static boolean isOnThisMachine(URI issuer) {
    return Set.of("localhost", "127.0.0.1", "[::1]").contains(issuer.getHost());
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
