package dev.latchkey.jwks;

import static dev.latchkey.jwks.Readers.CERTIFICATE;
import static dev.latchkey.jwks.Readers.KEY_SET;
import static dev.latchkey.jwks.Readers.LOOPBACK;
import static dev.latchkey.jwks.Readers.NAME;
import static dev.latchkey.jwks.Readers.always;
import static dev.latchkey.jwks.Readers.assertFails;
import static dev.latchkey.jwks.Readers.read;
import static dev.latchkey.jwks.Readers.reader;
import static dev.latchkey.jwks.Readers.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.KeySetSource.Answer;
import dev.latchkey.contract.SigningApp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is taken for a key set, how long it is good for, and how much of it is read for how long.
@Isolated("It counts seconds")
class KeySetAnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=0 | 0",
        "max-age=60 | 60",
        "public, max-age=3600, must-revalidate | 3600",
        "MAX-AGE=\"5\" | 5",
        "max-age=999999999 | 999999999",
        "no-store, max-age=60 | 0",
        "no-cache | 0",
        "public | -1",
        "s-maxage=60 | -1",
        "max-age=soon | -1",
      })
  void tok14_howLongItMayBeKeptIsTheClientsToSay(String header, long seconds) throws Exception {
    var script = KeyServer.ok("application/jwk-set+json", KEY_SET, "Cache-Control: " + header);
    try (var server = KeyServer.start(CERTIFICATE, script)) {
      assertThat(read(server)).isEqualTo(new Answer.KeySet(KEY_SET, seconds));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "text/plain; charset=utf-8", "application/jsonp", "", "json"})
  void anotherTypeIsNoKeySet(String type) throws Exception {
    assertFails(KeyServer.ok(type, KEY_SET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "[]",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":{}}",
        "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"c2VjcmV0\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\"}]}",
      })
  void anotherTextIsNoKeySet(String body) throws Exception {
    assertFails(KeyServer.ok("application/json", body));
  }

  @Test
  void aKeySetThatGivesAwayAPrivateKeyIsNone() throws Exception {
    var key = SigningApp.called("careless").ec();
    assertFails(KeyServer.ok("application/json", "{\"keys\":[" + key.toJSONString() + "]}"));
  }

  @ParameterizedTest
  @CsvSource({"20, true", "21, false"})
  void twentyKeysAreTheMost(int count, boolean good) throws Exception {
    var app = SigningApp.called("many");
    var keys =
        IntStream.range(0, count).mapToObj(_ -> app.ec().toPublicJWK().toJSONString()).toList();
    var script = KeyServer.ok("application/json", "{\"keys\":[" + String.join(",", keys) + "]}");
    try (var server = KeyServer.start(CERTIFICATE, script)) {
      assertThat(read(server) instanceof Answer.KeySet).isEqualTo(good);
    }
  }

  @ParameterizedTest
  @CsvSource({"65536, true", "65537, false", "5000000, false"})
  void sixtyFourKilobytesAreTheMost(int size, boolean good) throws Exception {
    var body = KEY_SET + " ".repeat(size - KEY_SET.length());
    try (var server = KeyServer.start(CERTIFICATE, KeyServer.ok("application/json", body))) {
      assertThat(read(server) instanceof Answer.KeySet).isEqualTo(good);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"204 No Content", "206 Partial", "304 Not Modified", "401 No", "404 No", "500 No"})
  void anotherStatusIsNoKeySet(String status) throws Exception {
    assertFails(
        KeyServer.plain(status, "application/json", KEY_SET.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsCompressedIsNotUnpacked() throws Exception {
    assertFails(KeyServer.ok("application/json", "\037\213", "Content-Encoding: gzip"));
  }

  @Test
  void headersWithoutEndAreNotReadToTheEnd() throws Exception {
    var line = "X-Filler: " + "x".repeat(9_000);
    assertFails(KeyServer.ok("application/json", KEY_SET, line));
    var many = IntStream.range(0, 101).mapToObj(i -> "X-" + i + ": x").toArray(String[]::new);
    assertFails(KeyServer.ok("application/json", KEY_SET, many));
  }

  @Test
  @Timeout(10)
  void t29_aBodyThatTricklesEndsAfterThreeSeconds() throws Exception {
    assertFails(
        out -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          trickle(out);
        });
  }

  @Test
  @Timeout(10)
  void t29_headersThatTrickleEndAfterThreeSeconds() throws Exception {
    assertFails(
        out -> {
          out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
          trickle(out);
        });
  }

  @Test
  @Timeout(10)
  void t29_aServerThatSaysNothingIsLeftInTime() throws Exception {
    try (var silent = new ServerSocket(0, 1, LOOPBACK)) {
      assertThat(reader(always(LOOPBACK)).read(url(NAME, silent.getLocalPort())))
          .isInstanceOf(Answer.Failed.class);
    }
  }

  @Test
  @Timeout(10)
  void t29_aNameThatTakesForeverIsLeftInTime() {
    var never = new CountDownLatch(1);
    HostNames hanging =
        name -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(name);
        };
    assertThat(reader(hanging).read(url(NAME, 443))).isInstanceOf(Answer.Failed.class);
  }

  private static void trickle(OutputStream out) throws IOException, InterruptedException {
    var pause = new CountDownLatch(1);
    while (!pause.await(100, TimeUnit.MILLISECONDS)) {
      out.write('x');
      out.flush();
    }
  }
}
