package dev.latchkey.metadata;

import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.GrantType;
import dev.latchkey.dpop.ProofChecks;
import dev.latchkey.http.Language;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.scope.RecordType;
import dev.latchkey.signing.KeySignature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What this server says about itself. Each member names something that works: apps act on it.
///
/// @param registration who may register apps
public record ServerMetadata(ServerIdentity identity, RegistrationPolicy registration) {
  private static final List<String> CAPABILITIES =
      List.of(
          "launch-standalone",
          "authorize-post",
          "client-public",
          "client-confidential-symmetric",
          "client-confidential-asymmetric",
          "sso-openid-connect",
          "context-standalone-patient",
          "permission-offline",
          "permission-online",
          "permission-patient",
          "permission-user",
          "permission-v1",
          "permission-v2");

  /// Where an EHR opens apps and its record is at hand.
  private static final List<String> CAPABILITIES_IN_AN_EHR =
      List.of(
          "launch-ehr",
          "context-ehr-patient",
          "context-ehr-encounter",
          "context-standalone-encounter",
          "context-banner",
          "context-style");

  /// `{fhirBase}/.well-known/smart-configuration` (SMART 2.2, conformance).
  public Map<String, Object> smartConfiguration() {
    var members = common();
    members.put("management_endpoint", identity.url("/apps"));
    members.put("capabilities", capabilities());
    identity
        .brand()
        .ifPresent(
            brand -> {
              members.put("user_access_brand_bundle", brand.bundle());
              members.put("user_access_brand_identifier", brand.identifier());
            });
    return members;
  }

  private List<String> capabilities() {
    var capabilities = new ArrayList<>(CAPABILITIES);
    if (identity.opensApps()) {
      capabilities.addAll(CAPABILITIES_IN_AN_EHR);
    }
    return List.copyOf(capabilities);
  }

  /// `/.well-known/oauth-authorization-server` (RFC 8414).
  public Map<String, Object> authorizationServer() {
    var members = common();
    members.put("authorization_response_iss_parameter_supported", true);
    return members;
  }

  /// `/.well-known/openid-configuration` (OpenID Connect Discovery section 3).
  public Map<String, Object> openidConfiguration() {
    var members = authorizationServer();
    members.put("userinfo_endpoint", identity.url("/userinfo"));
    members.put("end_session_endpoint", identity.url("/logout"));
    members.put("subject_types_supported", List.of("public"));
    members.put("id_token_signing_alg_values_supported", List.of("RS256"));
    members.put(
        "claims_supported",
        List.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "nonce",
            "at_hash",
            "fhirUser",
            "profile"));
    members.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
    members.put(
        "ui_locales_supported", Arrays.stream(Language.values()).map(Language::tag).toList());
    members.put("request_parameter_supported", false);
    members.put("request_uri_parameter_supported", false);
    return members;
  }

  /// `/.well-known/oauth-protected-resource/fhir` (RFC 9728).
  public Map<String, Object> protectedResource() {
    var members = new LinkedHashMap<String, Object>();
    members.put("resource", identity.fhirBase());
    members.put("authorization_servers", List.of(identity.issuer()));
    members.put("scopes_supported", scopes());
    members.put("bearer_methods_supported", List.of("header"));
    members.put("dpop_signing_alg_values_supported", ProofChecks.ALGORITHMS);
    return members;
  }

  private Map<String, Object> common() {
    var members = new LinkedHashMap<String, Object>();
    members.put("issuer", identity.issuer());
    members.put("authorization_endpoint", identity.url("/authorize"));
    members.put("token_endpoint", identity.url("/token"));
    members.put("pushed_authorization_request_endpoint", identity.url("/par"));
    members.put("require_pushed_authorization_requests", false);
    members.put("revocation_endpoint", identity.url("/revoke"));
    if (!registration.isClosed()) {
      members.put("registration_endpoint", identity.url("/register"));
    }
    members.put("jwks_uri", identity.url("/jwks"));
    members.put("response_types_supported", List.of("code"));
    members.put("response_modes_supported", List.of("query"));
    members.put("grant_types_supported", grantTypes());
    members.put("code_challenge_methods_supported", List.of("S256"));
    members.put("token_endpoint_auth_methods_supported", authenticationMethods());
    members.put("token_endpoint_auth_signing_alg_values_supported", algorithms());
    members.put("revocation_endpoint_auth_methods_supported", authenticationMethods());
    members.put("revocation_endpoint_auth_signing_alg_values_supported", algorithms());
    members.put("introspection_endpoint", identity.url("/introspect"));
    members.put("introspection_endpoint_auth_methods_supported", introspectionMethods());
    members.put("introspection_endpoint_auth_signing_alg_values_supported", algorithms());
    members.put("dpop_signing_alg_values_supported", ProofChecks.ALGORITHMS);
    members.put("scopes_supported", scopes());
    return members;
  }

  /// RFC 8414 section 2: also the name of a token type. A public client proves nothing, so `none`
  /// is not among them.
  private static List<String> introspectionMethods() {
    var methods = new ArrayList<>(authenticationMethods());
    methods.remove(AuthenticationMethod.NONE.registeredName());
    methods.add("Bearer");
    return List.copyOf(methods);
  }

  /// What an app may be registered for; RS384 and ES384 are what SMART apps bring.
  private static List<String> algorithms() {
    return KeySignature.ALGORITHMS.stream().sorted().toList();
  }

  private static List<String> authenticationMethods() {
    return Arrays.stream(AuthenticationMethod.values())
        .map(AuthenticationMethod::registeredName)
        .toList();
  }

  private static List<String> grantTypes() {
    return Stream.of(GrantType.values()).map(GrantType::registeredName).toList();
  }

  private List<String> scopes() {
    var scopes =
        new ArrayList<>(
            List.of(
                "openid",
                "fhirUser",
                "launch/patient",
                "offline_access",
                "online_access",
                "patient/*.rs",
                "patient/*.read",
                "user/*.rs",
                "user/*.read",
                "system/*.rs"));
    if (identity.opensApps()) {
      scopes.add(NamedScope.LAUNCH.spelled());
      scopes.add("launch/encounter");
    }
    for (var type : RecordType.values()) {
      scopes.add("patient/" + type.fhirName() + ".rs");
    }
    for (var category : RecordCategory.values()) {
      scopes.add(
          "patient/%s.rs?category=%s".formatted(category.type().fhirName(), category.token()));
    }
    return List.copyOf(scopes);
  }
}
