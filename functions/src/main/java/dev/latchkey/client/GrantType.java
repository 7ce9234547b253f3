package dev.latchkey.client;

import java.util.Arrays;
import java.util.Optional;

/// What a client may hand in at the token endpoint (RFC 7591 section 2, `grant_types`).
public enum GrantType {
  AUTHORIZATION_CODE("authorization_code"),
  REFRESH_TOKEN("refresh_token"),
  /// Backend services: no user, `system/` scopes (SMART 2.2, backend services).
  CLIENT_CREDENTIALS("client_credentials"),
  /// An access token for a narrower one (RFC 8693).
  TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange");

  private final String registeredName;

  GrantType(String registeredName) {
    this.registeredName = registeredName;
  }

  /// The value of the parameter `grant_type`.
  public String registeredName() {
    return registeredName;
  }

  public static Optional<GrantType> of(String registeredName) {
    return Arrays.stream(values())
        .filter(type -> type.registeredName.equals(registeredName))
        .findFirst();
  }
}
