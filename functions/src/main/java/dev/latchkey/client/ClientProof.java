package dev.latchkey.client;

/// What a caller brings to prove which client it is (RFC 6749 section 2.3).
sealed interface ClientProof {
  /// The client that the caller says it is.
  ClientId id();

  /// The way of proving it.
  AuthenticationMethod method();

  /// A name and nothing else.
  record Name(ClientId id) implements ClientProof {
    @Override
    public AuthenticationMethod method() {
      return AuthenticationMethod.NONE;
    }
  }

  /// A secret, in the header or in the form.
  record Secret(ClientId id, AuthenticationMethod method, String secret) implements ClientProof {
    @Override
    public String toString() {
      return "Secret[" + id + ", redacted]";
    }
  }

  /// A signed assertion, of which nothing is known yet but whom it names (RFC 7523 section 2.2).
  record Signed(ClientId id, ClientAssertion assertion) implements ClientProof {
    @Override
    public AuthenticationMethod method() {
      return AuthenticationMethod.PRIVATE_KEY_JWT;
    }
  }
}
