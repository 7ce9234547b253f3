package dev.latchkey.jwks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves a name for one connection and refuses it when any of its addresses may not be reached.
///
/// The connection is made to the very addresses that were checked, so a name that answers
/// differently the next time (DNS rebinding) changes nothing.
record CheckedNames(HostNames names, ReachableAddresses reachable) implements DnsResolver {

  /// A name led to an address that may not be reached.
  static final class Blocked extends UnknownHostException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var addresses = names.resolve(host);
    for (var address : addresses) {
      if (!reachable.allows(address)) {
        throw new Blocked();
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
