package dev.latchkey.jwks;

import static dev.latchkey.jwks.Readers.CERTIFICATE;
import static dev.latchkey.jwks.Readers.KEY_SET;
import static dev.latchkey.jwks.Readers.LOOPBACK;
import static dev.latchkey.jwks.Readers.NAME;
import static dev.latchkey.jwks.Readers.address;
import static dev.latchkey.jwks.Readers.always;
import static dev.latchkey.jwks.Readers.assertFails;
import static dev.latchkey.jwks.Readers.read;
import static dev.latchkey.jwks.Readers.reader;
import static dev.latchkey.jwks.Readers.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.client.KeySetSource.Answer;
import dev.latchkey.contract.Canary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T29: where key sets are read from, and where never.
class KeySetReaderTest {
  @Test
  void aKeySetIsReadOverTlsByNameWithNothingThatTellsUsApart() throws Exception {
    try (var server = KeyServer.start(CERTIFICATE, KeyServer.ok("application/json", KEY_SET))) {
      assertThat(read(server)).isEqualTo(new Answer.KeySet(KEY_SET, -1));

      var request = server.requests().getFirst();
      assertThat(request.getFirst()).isEqualTo("GET /jwks.json HTTP/1.1");
      assertThat(request)
          .contains("Accept: application/json", "Host: " + NAME + ":" + server.port())
          .noneMatch(line -> line.startsWith("Cookie") || line.startsWith("Authorization"));
    }
  }

  @Test
  void aServerWithoutTheCertificateOfTheNameIsNotBelieved() throws Exception {
    var other = TestCertificate.of("other.app.example");
    try (var server = KeyServer.start(other, KeyServer.ok("application/json", KEY_SET))) {
      var believer =
          new KeySetReader(Readers.Reach.WITH_LOOPBACK, always(LOOPBACK), other.believer());
      assertThat(believer.read(url(NAME, server.port()))).isInstanceOf(Answer.Failed.class);
      assertThat(believer.read(url("other.app.example", server.port())))
          .as("by its own name")
          .isInstanceOf(Answer.KeySet.class);
      assertThat(reader(always(LOOPBACK)).read(url("other.app.example", server.port())))
          .as("where nobody vouches for it")
          .isInstanceOf(Answer.Failed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"})
  void t29_noRedirectIsFollowed(String status) throws Exception {
    try (var canary = Canary.onLoopback()) {
      var here = ":" + canary.port() + "/jwks";
      for (var target :
          List.of(
              "http://127.0.0.1" + here,
              "https://127.0.0.1" + here,
              "//localhost" + here,
              "http://169.254.169.254/latest/meta-data")) {
        assertFails(
            KeyServer.plain(status, "application/json", new byte[0], "Location: " + target));
      }
      assertThat(canary.visits()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.0.0.2",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "0177.0.0.1",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "[::ffff:169.254.169.254]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
      })
  void t29_noAddressLeadsToThisMachineOrItsNetwork(String host) throws Exception {
    try (var canary = Canary.onLoopback()) {
      var reader = new KeySetReader(Readers.Reach.INTERNET, HostNames.ofTheSystem(), null);
      for (var scheme : List.of("http", "https")) {
        assertThat(reader.read("%s://%s:%d/jwks.json".formatted(scheme, host, canary.port())))
            .isNotInstanceOf(Answer.KeySet.class);
      }
      assertThat(canary.visits()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "::1", "169.254.169.254", "fe80::1", "10.1.2.3", "fd00:ec2::254"})
  void t29_noNameLeadsThereEither(String inside) throws Exception {
    try (var canary = Canary.onLoopback()) {
      var url = url(NAME, canary.port());
      assertThat(new KeySetReader(Readers.Reach.INTERNET, always(address(inside)), null).read(url))
          .isInstanceOf(Answer.Blocked.class);
      var mixed = always(address("2600:9000::1"), address(inside));
      assertThat(new KeySetReader(Readers.Reach.INTERNET, mixed, null).read(url))
          .as("not even as one address of several")
          .isInstanceOf(Answer.Blocked.class);
      assertThat(canary.visits()).isZero();
    }
  }

  @Test
  void t29_aNameThatChangesItsMindIsAskedOnce() throws Exception {
    var inside = address("127.0.0.2");
    assumeTrue(canListenAt(inside), "this system has one loopback address only");
    var asked = new AtomicInteger();
    HostNames rebinding = _ -> new InetAddress[] {asked.getAndIncrement() == 0 ? LOOPBACK : inside};
    try (var server = KeyServer.start(CERTIFICATE, KeyServer.ok("application/json", KEY_SET));
        var canary = Canary.at(new InetSocketAddress(inside, server.port()))) {
      var reader = reader(rebinding);

      assertThat(reader.read(url(NAME, server.port()))).isInstanceOf(Answer.KeySet.class);
      assertThat(asked).as("the address that was checked is the one that is used").hasValue(1);
      assertThat(reader.read(url(NAME, server.port()))).isInstanceOf(Answer.Blocked.class);
      assertThat(canary.visits()).isZero();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void t29_aServerThatHangsUpIsNotAskedAgain() throws Exception {
    var asked = new AtomicInteger();
    HostNames counted =
        _ -> {
          asked.incrementAndGet();
          return new InetAddress[] {LOOPBACK};
        };
    try (var server = KeyServer.start(CERTIFICATE, _ -> {})) {
      assertThat(reader(counted).read(url(NAME, server.port()))).isInstanceOf(Answer.Failed.class);
      assertThat(server.requests()).hasSize(1);
      assertThat(asked).hasValue(1);
    }
  }

  /// The canaries of this class would be worth nothing if nobody could reach one.
  @Test
  void aCanaryCountsWhoComes() throws Exception {
    try (var canary = Canary.onLoopback()) {
      var reader = new KeySetReader(Readers.Reach.WITH_LOOPBACK, HostNames.ofTheSystem(), null);
      assertThat(reader.read("http://127.0.0.1:" + canary.port() + "/"))
          .isInstanceOf(Answer.Failed.class);
      assertThat(canary.visits()).isEqualTo(1);
      assertThat(canary.visits()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keys",
        "https:",
        "https:///jwks",
        "http://app.example/jwks",
        "ftp://app.example/jwks",
        "file:///etc/passwd",
        "jar:https://app.example/x.jar!/jwks",
        "data:application/json,{}",
        "gopher://app.example:70/",
        "https://app.example:8443/jwks",
        "https://app.example:22/jwks",
        "https://user@app.example/jwks",
        "https://user:password@app.example/jwks",
        "https://app.example/jwks#fragment",
        "https://app.example\\@127.0.0.1/",
        "https://app .example/",
        "https://app.example/\r\nHost: 127.0.0.1",
        "https://[::1",
        "https://127.0.0.1/jwks",
        "https://[::1]/jwks",
        "https://169.254.169.254/latest/meta-data",
      })
  void t29_onTheInternetOnlyHttpsAtItsOwnPortIsAsked(String address) {
    assertThat(KeySetReader.onTheInternet().read(address)).isInstanceOf(Answer.Blocked.class);
  }

  @Test
  void t29_anAddressWithoutEndIsNotAsked() {
    var reader =
        new KeySetReader(
            ReachableAddresses.onTheInternet(),
            _ -> {
              throw new AssertionError("nobody should be asked for this name");
            },
            null);
    assertThat(reader.read("https://app.example/" + "x".repeat(2_000)))
        .isInstanceOf(Answer.Blocked.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://app.example/jwks", "HTTPS://app.example:443/jwks?tenant=1"})
  void anAddressOnTheInternetIsAskedForItsName(String address) {
    var names = new ArrayList<String>();
    HostNames unknown =
        name -> {
          names.add(name);
          throw new UnknownHostException(name);
        };
    var reader = new KeySetReader(ReachableAddresses.onTheInternet(), unknown, null);

    assertThat(reader.read(address)).isInstanceOf(Answer.Failed.class);
    assertThat(names).containsExactly("app.example");
  }

  private static boolean canListenAt(InetAddress address) {
    try (var socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
