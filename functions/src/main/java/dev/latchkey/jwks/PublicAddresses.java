package dev.latchkey.jwks;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses are somebody else's on the Internet, and not ours, our network's or the cloud's
/// own (IANA special-purpose address registries, RFC 6890). A `jwks_uri` must lead to no other.
public final class PublicAddresses {
  private static final List<Prefix> REFUSED_IPV4 =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4")
          .map(Prefix::of)
          .toList();

  /// Whatever is not global unicast is refused: loopback, link-local, unique-local, multicast, and
  /// every form that carries an IPv4 address, such as NAT64.
  private static final Prefix GLOBAL_IPV6 = Prefix.of("2000::/3");

  /// Inside of it: special purposes with Teredo, documentation, 6to4.
  private static final List<Prefix> REFUSED_IPV6 =
      Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20").map(Prefix::of).toList();

  private PublicAddresses() {}

  public static boolean contain(InetAddress address) {
    return address instanceof Inet4Address
        ? REFUSED_IPV4.stream().noneMatch(prefix -> prefix.covers(address))
        : GLOBAL_IPV6.covers(address)
            && REFUSED_IPV6.stream().noneMatch(prefix -> prefix.covers(address));
  }

  private record Prefix(BigInteger network, int length, int bits) {
    static Prefix of(String cidr) {
      var parts = cidr.split("/", 2);
      try {
        // A literal, so nobody is asked.
        var address = InetAddress.getByName(parts[0]).getAddress();
        return new Prefix(
            new BigInteger(1, address), Integer.parseInt(parts[1]), address.length * 8);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(cidr, e);
      }
    }

    boolean covers(InetAddress address) {
      var bytes = address.getAddress();
      return bytes.length * 8 == bits
          && new BigInteger(1, bytes).xor(network).shiftRight(bits - length).signum() == 0;
    }
  }
}
