package dev.latchkey.logout;

import dev.latchkey.client.Client;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.http.AddressQuery;
import dev.latchkey.http.PlainText;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Where a browser goes after signing out. Only [#of] makes one, so that nobody is sent to an
/// address that the app did not register (RFC 9700 section 4.11.2).
final class Destination {
  private final String address;
  private final boolean isAnswered;

  private Destination(String address, boolean isAnswered) {
    this.address = address;
    this.isAnswered = isAnswered;
  }

  /// Empty when the app did not register the address.
  ///
  /// @param state given back unchanged; empty for none
  static Optional<Destination> of(Client app, String asked, String state) {
    if (app.profile().afterLogout().stream().noneMatch(address -> address.matches(asked))) {
      return Optional.empty();
    }
    var given = state.isEmpty() ? Map.<String, String>of() : Map.of("state", state);
    var isKnown = app.registration().level() != IdentityLevel.UNVERIFIED;
    return Optional.of(new Destination(AddressQuery.add(asked, given), isKnown));
  }

  String address() {
    return address;
  }

  /// Whether the browser is sent there. Anybody can register an app and then send out links that
  /// begin with our address and lead to theirs, so people decide about those themselves.
  boolean isAnswered() {
    return isAnswered;
  }

  /// Where that is, for people: the host, or the scheme of an app on the device.
  String host() {
    var uri = URI.create(address);
    return PlainText.name(uri.getHost() == null ? uri.getScheme() + ":" : uri.getRawAuthority());
  }
}
