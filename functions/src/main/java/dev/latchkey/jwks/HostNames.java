package dev.latchkey.jwks;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Finds the addresses of a name.
@FunctionalInterface
public interface HostNames {
  /// Asks once.
  ///
  /// @throws UnknownHostException when there is no such name
  InetAddress[] resolve(String name) throws UnknownHostException;

  /// As the system does it.
  static HostNames ofTheSystem() {
    return InetAddress::getAllByName;
  }
}
