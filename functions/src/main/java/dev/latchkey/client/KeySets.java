package dev.latchkey.client;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;

/// The public keys of clients.
@FunctionalInterface
public interface KeySets {
  /// What was found.
  sealed interface Found {
    /// The keys with that id; none when there is none, two when a client published it twice.
    record Keys(List<JWK> keys) implements Found {}

    /// The client's key set cannot be read now.
    record Unreadable() implements Found {}
  }

  /// The keys of a client under one id.
  Found find(Client client, String kid);
}
