package dev.latchkey.sandbox.access;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.client.ClientPage;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.GrantType;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.ServiceStanding;
import dev.latchkey.scope.ScopeSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A store that holds one backend service, a neighbour that nothing happens to, and their cut-offs.
final class OneService implements ClientRegistry, Cutoffs {
  static final ClientId ID = new ClientId("demo-backend");
  static final ClientId NEIGHBOUR = new ClientId("another-backend");

  private final Map<Of, Long> cutoffs = new HashMap<>();
  private Optional<Client> service = Optional.of(registered(ID));
  private boolean isDown;

  private static Client registered(ClientId id) {
    return new Client(
            id,
            ClientProfile.named("Backend", "A backend service."),
            ApplicationType.WEB,
            ClientCredentials.keys(ClientKeys.inline("{\"keys\":[]}")),
            List.of(),
            ScopeSet.parse("system/*.rs"),
            0)
        .withGrantTypes(Set.of(GrantType.CLIENT_CREDENTIALS));
  }

  /// What the FHIR side asks.
  ServiceStanding standing() {
    return new ServiceStanding(this, this);
  }

  void disable() {
    service = service.map(client -> client.with(client.registration().disabled(true)));
  }

  void takeItsGrantType() {
    service = service.map(client -> client.withGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE)));
  }

  void goDown() {
    isDown = true;
  }

  @Override
  public ClientPage list(Optional<ClientId> after, int limit) {
    throw new AssertionError("Nobody lists apps here");
  }

  @Override
  public Optional<Client> find(ClientId id) {
    if (isDown) {
      throw new IllegalStateException("connection refused");
    }
    return id.equals(NEIGHBOUR)
        ? Optional.of(registered(NEIGHBOUR))
        : service.filter(client -> client.id().equals(id));
  }

  @Override
  public void remove(ClientId id) {
    service = Optional.empty();
  }

  @Override
  public void raise(Of of, long at, long keepUntil) {
    cutoffs.put(of, at);
  }

  @Override
  public Map<Of, Long> find(Collection<? extends Of> of) {
    var found = new HashMap<>(cutoffs);
    found.keySet().retainAll(of);
    return found;
  }

  @Override
  public void put(Client client) {
    throw new UnsupportedOperationException("The FHIR side only asks");
  }

  @Override
  public boolean replace(Client seen, Client changed) {
    throw new UnsupportedOperationException("The FHIR side only asks");
  }
}
