package dev.latchkey.grant;

import dev.latchkey.client.Client;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.Holder;
import java.util.Optional;

/// Who calls the token endpoint.
///
/// @param client as it authenticated, or a public one by its id alone
/// @param key that the caller proved to hold (RFC 9449); empty for who gets bearer tokens
public record Requester(Client client, Optional<KeyThumbprint> key) {
  /// As whom it gets refresh tokens. Those of a client that authenticates are bound to that and not
  /// to a key, so that it can change its key (RFC 9449 section 5).
  Holder holder() {
    return new Holder(client.id(), client.isPublic() ? key.orElse(null) : null);
  }
}
