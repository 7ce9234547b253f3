package dev.latchkey.authorize;

import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.util.Optional;

/// The reference that stands for a pushed authorization request (RFC 9126 section 2.2).
/// Unguessable, so that nobody can use the request of another app; stores see its hash only.
public record RequestUri(String value) {
  /// RFC 9126 section 2.2 names this form.
  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  public static RequestUri fresh(Entropy entropy) {
    return new RequestUri(PREFIX + entropy.value());
  }

  /// Empty for an address that is none of ours, which is nothing that this server would fetch.
  static Optional<RequestUri> of(String value) {
    return value.startsWith(PREFIX) ? Optional.of(new RequestUri(value)) : Optional.empty();
  }

  public SecretHash hash() {
    return SecretHash.of(value);
  }

  @Override
  public String toString() {
    return "RequestUri[redacted]";
  }
}
