package dev.latchkey.authorize;

import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;

/// The handle of a pending authorization in the patient's browser. Stores see its hash only.
public record TransactionId(String value) {
  public static TransactionId fresh(Entropy entropy) {
    return new TransactionId(entropy.value());
  }

  public SecretHash hash() {
    return SecretHash.of(value);
  }

  @Override
  public String toString() {
    return "TransactionId[redacted]";
  }
}
