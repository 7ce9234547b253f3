package dev.latchkey.registration;

import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.http.Json;
import dev.latchkey.policy.ServerIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A registered app and what is shown to its developer once.
///
/// @param secret only when it was just made
/// @param managementToken the registration access token; null for an app that nobody manages
/// @param statement the software statement as it was sent
record Registered(
    Client client,
    @Nullable String secret,
    @Nullable String managementToken,
    @Nullable String statement) {

  /// The answer of RFC 7591 section 3.2.1 and RFC 7592 section 3: everything as it is registered.
  Map<String, Object> members(ServerIdentity identity) {
    var members = new LinkedHashMap<String, Object>();
    members.put("client_id", client.id().value());
    members.put("client_id_issued_at", client.registration().registeredAt());
    if (secret != null) {
      members.put("client_secret", secret);
      members.put("client_secret_expires_at", 0);
    }
    if (managementToken != null) {
      members.put("registration_access_token", managementToken);
      members.put("registration_client_uri", identity.url("/register/" + client.id()));
    }
    putIfPresent(members, SoftwareStatements.MEMBER, statement);
    putProfile(members, client.profile());
    putProtocol(members);
    return members;
  }

  private static void putProfile(Map<String, Object> members, ClientProfile profile) {
    members.put("client_name", profile.name());
    putIfPresent(members, "client_uri", profile.website());
    putIfPresent(members, "policy_uri", profile.privacyPolicy());
    putIfPresent(members, "tos_uri", profile.terms());
    if (!profile.contacts().isEmpty()) {
      members.put("contacts", profile.contacts());
    }
    putIfPresent(members, "initiate_login_uri", profile.launchUrl());
    putIfPresent(members, "software_id", profile.softwareId());
    putIfPresent(members, "software_version", profile.softwareVersion());
  }

  private void putProtocol(Map<String, Object> members) {
    var credentials = client.credentials();
    members.put("application_type", client.applicationType().registeredName());
    members.put(
        "token_endpoint_auth_method",
        credentials.methods().stream()
            .map(AuthenticationMethod::registeredName)
            .sorted()
            .findFirst()
            .orElseThrow());
    if (credentials.algorithms().size() == 1) {
      members.put("token_endpoint_auth_signing_alg", credentials.algorithms().iterator().next());
    }
    var jwks = credentials.keys().jwks();
    if (jwks != null) {
      members.put("jwks", Json.readObject(jwks));
    }
    putIfPresent(members, "jwks_uri", credentials.keys().jwksUri());
    members.put("redirect_uris", client.redirectUris().stream().map(RedirectUri::value).toList());
    members.put(
        "grant_types",
        client.grantTypes().stream().sorted().map(GrantType::registeredName).toList());
    members.put(
        "response_types",
        client.mayUse(GrantType.AUTHORIZATION_CODE) ? List.of("code") : List.of());
    members.put("scope", client.scopes().spelled());
    members.put("dpop_bound_access_tokens", client.rules().dpopBound());
    members.put("require_pushed_authorization_requests", client.rules().pushedRequestsOnly());
  }

  private static void putIfPresent(
      Map<String, Object> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
