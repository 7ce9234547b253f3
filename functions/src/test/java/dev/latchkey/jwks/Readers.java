package dev.latchkey.jwks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.KeySetSource.Answer;
import dev.latchkey.contract.SigningApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/// Readers of key sets for tests, over real TLS to servers on this machine, of which a test may say
/// that they stand for one on the Internet.
final class Readers {
  static final String NAME = "keys.app.example";
  static final TestCertificate CERTIFICATE = TestCertificate.of(NAME);
  static final String KEY_SET = SigningApp.called("reader-test").jwks();
  static final InetAddress LOOPBACK = address("127.0.0.1");

  private Readers() {}

  /// The addresses of the Internet, at any port, and those that a test counts among them.
  record Reach(List<InetAddress> counted) implements ReachableAddresses {
    static final Reach INTERNET = new Reach(List.of());
    static final Reach WITH_LOOPBACK = new Reach(List.of(LOOPBACK));

    @Override
    public boolean allows(URI uri) {
      return true;
    }

    @Override
    public boolean allows(InetAddress address) {
      return counted.contains(address) || PublicAddresses.contain(address);
    }
  }

  static void assertFails(KeyServer.Script script) throws IOException {
    try (var server = KeyServer.start(CERTIFICATE, script)) {
      assertThat(read(server)).isInstanceOf(Answer.Failed.class);
      assertThat(server.requests()).as("it was asked").hasSize(1);
    }
  }

  static Answer read(KeyServer server) {
    return reader(always(LOOPBACK)).read(url(NAME, server.port()));
  }

  static KeySetReader reader(HostNames names) {
    return new KeySetReader(Reach.WITH_LOOPBACK, names, CERTIFICATE.believer());
  }

  static HostNames always(InetAddress... addresses) {
    return _ -> addresses;
  }

  static String url(String host, int port) {
    return "https://%s:%d/jwks.json".formatted(host, port);
  }

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
