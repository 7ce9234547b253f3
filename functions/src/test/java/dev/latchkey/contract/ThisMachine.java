package dev.latchkey.contract;

import dev.latchkey.jwks.GuardedCalls;
import dev.latchkey.jwks.HostNames;
import dev.latchkey.jwks.ReachableAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.util.Set;

/// The servers of others, where they run on this machine and speak plain HTTP. Every other rule of
/// calls to them holds.
public final class ThisMachine implements ReachableAddresses {
  private ThisMachine() {}

  public static GuardedCalls calls() {
    return new GuardedCalls(new ThisMachine(), HostNames.ofTheSystem(), null);
  }

  @Override
  public boolean allows(URI uri) {
    return uri.getHost() != null && Set.of("127.0.0.1", "localhost").contains(uri.getHost());
  }

  @Override
  public boolean allows(InetAddress address) {
    return address.isLoopbackAddress();
  }
}
