package dev.latchkey.client;

/// How a client proves itself at the token endpoint (RFC 7591 section 2,
/// `token_endpoint_auth_method`).
public enum AuthenticationMethod {
  NONE("none"),
  CLIENT_SECRET_BASIC("client_secret_basic"),
  CLIENT_SECRET_POST("client_secret_post");

  private final String registeredName;

  AuthenticationMethod(String registeredName) {
    this.registeredName = registeredName;
  }

  /// The name in the IANA registry and in our metadata.
  public String registeredName() {
    return registeredName;
  }
}
