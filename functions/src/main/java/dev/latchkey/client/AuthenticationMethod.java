package dev.latchkey.client;

import java.util.Arrays;
import java.util.Optional;

/// How a client proves itself at the token endpoint (RFC 7591 section 2,
/// `token_endpoint_auth_method`).
public enum AuthenticationMethod {
  NONE("none"),
  CLIENT_SECRET_BASIC("client_secret_basic"),
  CLIENT_SECRET_POST("client_secret_post"),
  /// A JWT signed with a key of the client (RFC 7523 section 2.2, SMART 2.2).
  PRIVATE_KEY_JWT("private_key_jwt");

  private final String registeredName;

  AuthenticationMethod(String registeredName) {
    this.registeredName = registeredName;
  }

  /// The name in the IANA registry and in our metadata.
  public String registeredName() {
    return registeredName;
  }

  public static Optional<AuthenticationMethod> of(String registeredName) {
    return Arrays.stream(values())
        .filter(method -> method.registeredName.equals(registeredName))
        .findFirst();
  }
}
