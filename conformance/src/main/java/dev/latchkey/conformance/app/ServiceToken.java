package dev.latchkey.conformance.app;

import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.Map;

/// What a backend service got.
///
/// @param members of the token response
public record ServiceToken(Map<String, Object> members) {
  /// Asks for a token.
  public static ServiceToken of(Server server, String scope) throws Unmet, NotApplicable {
    var form = Map.of("grant_type", "client_credentials", "scope", scope);
    return new ServiceToken(
        server.service().post(server, "token_endpoint", form).with(200, 201).json());
  }

  public String accessToken() {
    return String.valueOf(members.get("access_token"));
  }

  @Override
  public String toString() {
    return "ServiceToken[]";
  }
}
