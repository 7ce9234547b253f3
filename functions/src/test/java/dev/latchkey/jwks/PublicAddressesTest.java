package dev.latchkey.jwks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T29: first and last address of each range that no key set is read from, and their neighbours.
class PublicAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.0",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.170.2",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.255",
        "192.0.2.0",
        "192.0.2.255",
        "192.88.99.0",
        "192.88.99.255",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.0",
        "198.51.100.255",
        "203.0.113.0",
        "203.0.113.255",
        "224.0.0.0",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.254",
        "255.255.255.255",
      })
  void ipv4WithAPurposeOfItsOwnIsNotPublic(String address) throws UnknownHostException {
    assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
        "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.88.98.255",
        "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
        "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
      })
  void ipv4OfTheInternetIsPublic(String address) throws UnknownHostException {
    assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Unspecified, loopback, IPv4 in the last bytes.
        "::",
        "::1",
        "::7f00:1",
        "::a00:1",
        "::808:808",
        // NAT64, well-known and local; discard.
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        // Teredo and the other special purposes.
        "2001::",
        "2001:0:7f00:1::",
        "2001:2::1",
        "2001:10::1",
        "2001:1ff:ffff::1",
        // Documentation, 6to4.
        "2001:db8::",
        "2001:db8:ffff::1",
        "3fff::1",
        "3fff:fff::1",
        "2002::",
        "2002:7f00:1::1",
        "2002:a9fe:a9fe::1",
        "2002:808:808::1",
        // Not global.
        "1fff:ffff::1",
        "4000::",
        "5f00::1",
        "fc00::",
        "fd00:ec2::254",
        "fdff:ffff::1",
        "fe80::",
        "fe80::1",
        "febf:ffff::1",
        "fec0::1",
        "ff00::",
        "ff02::1",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
      })
  void ipv6WithAPurposeOfItsOwnIsNotPublic(String address) throws UnknownHostException {
    assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2000::1", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2001:4860:4860::8888",
        "2003::1", "2600:9000::1", "2a05:d018::1", "3ffe::1", "3fff:1000::1",
      })
  void ipv6OfTheInternetIsPublic(String address) throws UnknownHostException {
    assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
  }

  /// Java takes `::ffff:127.0.0.1` for IPv4; an object that is made by hand stays IPv6.
  @Test
  void anIpv4AddressInsideAnIpv6OneIsNotPublic() throws UnknownHostException {
    for (var inside :
        new byte[][] {{127, 0, 0, 1}, {(byte) 169, (byte) 254, (byte) 169, (byte) 254}}) {
      var mapped = new byte[16];
      mapped[10] = (byte) 0xff;
      mapped[11] = (byte) 0xff;
      System.arraycopy(inside, 0, mapped, 12, 4);
      assertThat(PublicAddresses.contain(InetAddress.getByAddress(mapped))).isFalse();
      assertThat(PublicAddresses.contain(Inet6Address.getByAddress(null, mapped, -1))).isFalse();
    }
  }

  @Test
  void anAddressOfOneInterfaceIsNotPublic() throws UnknownHostException {
    var linkLocal = InetAddress.getByName("fe80::1").getAddress();
    assertThat(PublicAddresses.contain(Inet6Address.getByAddress("router", linkLocal, 1)))
        .isFalse();
  }
}
