package dev.latchkey.jwks;

import java.net.InetAddress;
import java.net.URI;

/// Where a key set may be read from.
public interface ReachableAddresses {
  /// Whether an address may be asked, as far as it can be read.
  boolean allows(URI uri);

  /// Whether a host that its name led to may be connected to.
  boolean allows(InetAddress address);

  /// On the Internet, over https on its own port, and nowhere else.
  static ReachableAddresses onTheInternet() {
    return new ReachableAddresses() {
      @Override
      public boolean allows(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawFragment() == null
            && (uri.getPort() == -1 || uri.getPort() == 443);
      }

      @Override
      public boolean allows(InetAddress address) {
        return PublicAddresses.contain(address);
      }
    };
  }
}
