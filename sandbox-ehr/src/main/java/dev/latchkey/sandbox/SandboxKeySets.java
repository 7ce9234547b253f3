package dev.latchkey.sandbox;

import dev.latchkey.client.KeySetSource;
import dev.latchkey.jwks.HostNames;
import dev.latchkey.jwks.KeySetReader;
import dev.latchkey.jwks.ReachableAddresses;
import java.net.InetAddress;
import java.net.URI;

/// Where the sandbox reads key sets of apps: on the Internet, and on this machine too where
/// `latchkey.allow-loopback-keys` says so, for a developer whose app runs here.
public final class SandboxKeySets implements ReachableAddresses {
  private final ReachableAddresses internet = ReachableAddresses.onTheInternet();

  private SandboxKeySets() {}

  public static KeySetSource of(SandboxSettings settings) {
    return settings.allowLoopbackKeys()
        ? new KeySetReader(new SandboxKeySets(), HostNames.ofTheSystem(), null)
        : KeySetReader.onTheInternet();
  }

  @Override
  public boolean allows(URI uri) {
    return internet.allows(uri)
        || (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && SandboxSettings.isOnThisMachine(uri));
  }

  @Override
  public boolean allows(InetAddress address) {
    return address.isLoopbackAddress() || internet.allows(address);
  }
}
