package dev.latchkey.wiring;

import dev.latchkey.http.Edge;
import dev.latchkey.http.Json;
import dev.latchkey.policy.Brand;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.registration.StatementIssuer;
import dev.latchkey.signing.KeySchedule;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the functions read from their environment.
///
/// @param identity from `LATCHKEY_ISSUER` and `LATCHKEY_FHIR_BASE` (default: issuer + `/fhir`), its
///   brand from `LATCHKEY_BRANDS_URL` and `LATCHKEY_BRAND_IDENTIFIER`
/// @param signingKeys from `LATCHKEY_SIGNING_KEYS`
/// @param tokenKeyArn from `LATCHKEY_TOKEN_KEY`: the KMS key that wraps the keys of refresh tokens
///   and of client secrets
/// @param keySetFunction from `LATCHKEY_KEY_SET_FUNCTION`: ARN of the function that reads key sets
///   of apps; empty where this process reads them itself
/// @param tables from `LATCHKEY_FAMILIES_TABLE`, `LATCHKEY_EPHEMERAL_TABLE`,
///   `LATCHKEY_REGISTRY_TABLE`
/// @param region from `AWS_REGION`
/// @param awsEndpoint from `LATCHKEY_AWS_ENDPOINT`, for LocalStack; empty on AWS
/// @param registration from `LATCHKEY_REGISTRATION` (default: closed), `LATCHKEY_STATEMENT_ISSUERS`
///   and `LATCHKEY_PROTECTED_NAMES`
/// @param remembersConsent from `LATCHKEY_REMEMBER_CONSENT` (default: false)
/// @param signIn from `LATCHKEY_PORTAL_FUNCTION` and `LATCHKEY_SIGN_IN_PAGE`
/// @param signsWithWindowKeys from `LATCHKEY_WINDOW_KEYS` (default: false)
public record Settings(
    ServerIdentity identity,
    KeySchedule signingKeys,
    String tokenKeyArn,
    String keySetFunction,
    Tables tables,
    String region,
    Optional<URI> awsEndpoint,
    RegistrationPolicy registration,
    boolean remembersConsent,
    SignIn signIn,
    boolean signsWithWindowKeys) {

  /// Where people sign in.
  ///
  /// @param portalFunction ARN of the function that asks the organisation's portal who somebody is
  /// @param page address of a page of the team's own; at most one of the two is not empty
  public record SignIn(String portalFunction, String page) {
    /// At this server's own page.
    public static final SignIn HERE = new SignIn("", "");
  }

  /// Table names. A function has only those of the tables that it may touch; the others are empty.
  public record Tables(String families, String ephemeral, String registry) {}

  /// Reads the environment.
  ///
  /// @throws IllegalStateException naming the variable that is missing
  public static Settings from(Map<String, String> environment) {
    var issuer = required(environment, "LATCHKEY_ISSUER");
    return new Settings(
        new ServerIdentity(issuer, fhirBase(environment), brand(environment), false),
        KeySchedule.parse(required(environment, "LATCHKEY_SIGNING_KEYS")),
        environment.getOrDefault("LATCHKEY_TOKEN_KEY", ""),
        environment.getOrDefault("LATCHKEY_KEY_SET_FUNCTION", ""),
        new Tables(
            environment.getOrDefault("LATCHKEY_FAMILIES_TABLE", ""),
            environment.getOrDefault("LATCHKEY_EPHEMERAL_TABLE", ""),
            environment.getOrDefault("LATCHKEY_REGISTRY_TABLE", "")),
        required(environment, "AWS_REGION"),
        Optional.ofNullable(environment.get("LATCHKEY_AWS_ENDPOINT")).map(URI::create),
        registration(environment),
        flag(environment, "LATCHKEY_REMEMBER_CONSENT"),
        PortalWiring.signIn(environment),
        flag(environment, "LATCHKEY_WINDOW_KEYS"));
  }

  /// What stands in front of the functions, from `LATCHKEY_ORIGIN_SECRETS` (default: nothing).
  ///
  /// @throws IllegalStateException when the variable holds something else than hashes
  public static Edge edge(Map<String, String> environment) {
    return Edge.of(environment.getOrDefault("LATCHKEY_ORIGIN_SECRETS", ""));
  }

  private static RegistrationPolicy registration(Map<String, String> environment) {
    return RegistrationPolicy.of(
        RegistrationMode.of(environment.getOrDefault("LATCHKEY_REGISTRATION", "closed")),
        issuers(environment.getOrDefault("LATCHKEY_STATEMENT_ISSUERS", "")),
        Stream.of(environment.getOrDefault("LATCHKEY_PROTECTED_NAMES", "").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList());
  }

  private static List<StatementIssuer> issuers(String setting) {
    try {
      return setting.isBlank() ? List.of() : StatementIssuer.read(Json.readList(setting));
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("LATCHKEY_STATEMENT_ISSUERS is no JSON list", e);
    }
  }

  private static Optional<Brand> brand(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("LATCHKEY_BRANDS_URL"))
        .map(bundle -> Brand.of(bundle, required(environment, "LATCHKEY_BRAND_IDENTIFIER")));
  }

  /// Off unless it says so: a misspelled word must not switch something on or off unnoticed.
  static boolean flag(Map<String, String> environment, String name) {
    return switch (environment.getOrDefault(name, "false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalStateException(name + " has to be true or false");
    };
  }

  static String fhirBase(Map<String, String> environment) {
    return environment.getOrDefault(
        "LATCHKEY_FHIR_BASE", required(environment, "LATCHKEY_ISSUER") + "/fhir");
  }

  static String required(Map<String, String> environment, String name) {
    var value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("Set the environment variable " + name);
    }
    return value;
  }
}
