package dev.latchkey.family;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.GrantType;
import java.util.List;
import java.util.Optional;

/// Whether an access token that a backend service got for itself still stands. There is no grant of
/// a user behind it, so it stands as long as the service does.
public record ServiceStanding(ClientRegistry clients, Cutoffs cutoffs) {

  /// The service, if it is registered, in use and still allowed to have such tokens, and neither
  /// this token nor all of the service's was taken back.
  ///
  /// @param tokenId the `jti` of the token
  /// @param issuedAt seconds since the epoch
  /// @param now seconds since the epoch
  public Optional<Client> of(ClientId id, String tokenId, long issuedAt, long now) {
    return clients
        .find(id)
        .filter(client -> client.registration().isUsable(now))
        .filter(client -> client.mayUse(GrantType.CLIENT_CREDENTIALS))
        .filter(_ -> !isTakenBack(id, tokenId, issuedAt));
  }

  /// A second is the finest that is kept, so the second of a cut-off is taken back too.
  private boolean isTakenBack(ClientId id, String tokenId, long issuedAt) {
    var all = new Cutoffs.Of.Client(id);
    var one = new Cutoffs.Of.Token(tokenId);
    var found = cutoffs.find(List.of(all, one));
    return found.containsKey(one) || issuedAt <= found.getOrDefault(all, Long.MIN_VALUE);
  }
}
