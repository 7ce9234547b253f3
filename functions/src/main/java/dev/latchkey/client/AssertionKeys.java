package dev.latchkey.client;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.signing.KeySignature;
import java.util.Optional;

/// Verifies the signature of an assertion with the one registered key that it names. Key material
/// in the header is never read.
public record AssertionKeys(KeySets keySets) {
  /// What is wrong; empty when the signature holds.
  Optional<String> verify(SignedJWT jwt, Client client) {
    return switch (keySets.find(client, jwt.getHeader().getKeyID())) {
      case KeySets.Found.Unreadable() -> Optional.of("The key set of this app could not be read.");
      case KeySets.Found.Keys(var found) -> {
        var fitting =
            found.stream()
                .filter(key -> KeySignature.fits(key, jwt.getHeader().getAlgorithm()))
                .toList();
        yield fitting.size() == 1 && KeySignature.holds(jwt, fitting.getFirst())
            ? Optional.empty()
            : Optional.of(
                fitting.isEmpty()
                    ? "The app has no key with that kid for that algorithm."
                    : "The signature of the assertion does not hold.");
      }
    };
  }
}
