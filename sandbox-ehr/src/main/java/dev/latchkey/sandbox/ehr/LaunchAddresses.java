package dev.latchkey.sandbox.ehr;

import static java.util.stream.Collectors.groupingBy;

import dev.latchkey.client.Client;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which registered apps an EHR opens at which address (`initiate_login_uri`). A launch task names
/// an address only, and a handle is for one app.
final class LaunchAddresses {
  private static final int PAGE = 100;

  private final Map<String, List<Client>> apps;

  private LaunchAddresses(Map<String, List<Client>> apps) {
    this.apps = apps;
  }

  /// Reads all registered apps, since the registry is not asked for addresses in any other place.
  static LaunchAddresses of(ClientRegistry registry, Instant now) {
    var usable = new ArrayList<Client>();
    Optional<ClientId> after = Optional.empty();
    do {
      var page = registry.list(after, PAGE);
      page.clients().stream()
          .filter(app -> app.profile().launchUrl() != null)
          .filter(app -> app.registration().isUsable(now.getEpochSecond()))
          .forEach(usable::add);
      after = page.next();
    } while (after.isPresent());
    return new LaunchAddresses(
        usable.stream()
            .collect(groupingBy(app -> Objects.requireNonNull(app.profile().launchUrl()))));
  }

  /// The apps at exactly this address of whose developers most is known. Who registers an app by
  /// themselves so takes no address from one that an operator registered.
  List<Client> at(String address) {
    var all = apps.getOrDefault(address, List.of());
    var best = all.stream().map(app -> app.registration().level()).min(Comparator.naturalOrder());
    return all.stream()
        .filter(app -> best.filter(level -> level == app.registration().level()).isPresent())
        .toList();
  }
}
