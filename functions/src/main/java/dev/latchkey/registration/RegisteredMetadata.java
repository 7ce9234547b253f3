package dev.latchkey.registration;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The metadata that an app is registered with, under the names of RFC 7591 section 2, without how
/// it authenticates and without anything that is secret. What is not registered is left out.
public record RegisteredMetadata(Client client) {
  public Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    putProfile(members, client.profile());
    members.put("application_type", client.applicationType().registeredName());
    putKeys(members);
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
    return members;
  }

  private static void putProfile(Map<String, Object> members, ClientProfile profile) {
    members.put("client_name", profile.name());
    Json.putIfPresent(members, "client_uri", profile.website());
    Json.putIfPresent(members, "policy_uri", profile.privacyPolicy());
    Json.putIfPresent(members, "tos_uri", profile.terms());
    if (!profile.contacts().isEmpty()) {
      members.put("contacts", profile.contacts());
    }
    Json.putIfPresent(members, "initiate_login_uri", profile.launchUrl());
    if (!profile.afterLogout().isEmpty()) {
      members.put(
          "post_logout_redirect_uris",
          profile.afterLogout().stream().map(RedirectUri::value).toList());
    }
    Json.putIfPresent(members, "software_id", profile.softwareId());
    Json.putIfPresent(members, "software_version", profile.softwareVersion());
  }

  private void putKeys(Map<String, Object> members) {
    var keys = client.credentials().keys();
    var jwks = keys.jwks();
    if (jwks != null) {
      members.put("jwks", Json.readObject(jwks));
    }
    Json.putIfPresent(members, "jwks_uri", keys.jwksUri());
  }
}
