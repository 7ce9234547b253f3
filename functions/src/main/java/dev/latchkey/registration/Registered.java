package dev.latchkey.registration;

import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.Client;
import dev.latchkey.policy.ServerIdentity;
import java.util.LinkedHashMap;
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
    if (statement != null) {
      members.put(SoftwareStatements.MEMBER, statement);
    }
    putAuthentication(members);
    members.putAll(new RegisteredMetadata(client).members());
    return members;
  }

  private void putAuthentication(Map<String, Object> members) {
    var credentials = client.credentials();
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
  }
}
