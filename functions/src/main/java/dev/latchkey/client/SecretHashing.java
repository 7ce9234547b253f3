package dev.latchkey.client;

import dev.latchkey.secret.SharedKey;

/// How client secrets are kept and compared.
///
/// @param key of this deployment, for client secrets and nothing else
public record SecretHashing(SharedKey key) {
  /// What [#key] is for, as KMS is told when it wraps and unwraps it.
  public static final String KEY_USE = "client-secret";

  /// The form in which a secret is kept.
  public ClientSecretHash hash(String secret) {
    return ClientSecretHash.of(key.get(), secret);
  }

  /// Whether a secret is the one that is kept. Makes no key: where there is none, nothing is kept.
  public boolean matches(ClientSecretHash kept, String secret) {
    return key.find().filter(k -> kept.isSame(ClientSecretHash.of(k, secret))).isPresent();
  }
}
