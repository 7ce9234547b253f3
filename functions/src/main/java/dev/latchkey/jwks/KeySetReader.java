package dev.latchkey.jwks;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.client.KeySetSource;
import dev.latchkey.client.PublicKeySet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Reads a key set over the network: one GET, no redirect, no proxy, no cookie, no second try, two
/// seconds to connect, three in all, 64 kB, twenty keys. Each read has a connection of its own.
public final class KeySetReader implements KeySetSource {
  private static final Timeout CONNECT = Timeout.ofSeconds(2);
  private static final long WHOLE_MILLIS = 3_000;
  private static final int LONGEST_BODY = 65_536;
  private static final int LONGEST_ADDRESS = 2_000;
  private static final Http1Config HEADERS =
      Http1Config.custom().setMaxLineLength(8_192).setMaxHeaderCount(100).build();
  private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age=\"?([0-9]{1,9})");

  private final ReachableAddresses reachable;
  private final HostNames names;
  private final @Nullable SSLContext trust;

  /// On the Internet, with the certificate authorities of the platform.
  public static KeySetReader onTheInternet() {
    return new KeySetReader(ReachableAddresses.onTheInternet(), HostNames.ofTheSystem(), null);
  }

  /// @param trust whom to believe; null for the platform's own
  public KeySetReader(ReachableAddresses reachable, HostNames names, @Nullable SSLContext trust) {
    this.reachable = reachable;
    this.names = names;
    this.trust = trust;
  }

  @Override
  public Answer read(String jwksUri) {
    URI uri;
    try {
      uri = URI.create(jwksUri);
    } catch (IllegalArgumentException unreadable) {
      return new Answer.Blocked();
    }
    return jwksUri.length() > LONGEST_ADDRESS || !reachable.allows(uri)
        ? new Answer.Blocked()
        : readInTime(uri);
  }

  /// The time-outs of a socket begin anew with each byte, and a name may take as long as it likes.
  /// This one counts all of it. Whoever is interrupted lets go of the connection.
  private Answer readInTime(URI uri) {
    var asking = new FutureTask<>(() -> ask(uri));
    Thread.ofVirtual().start(asking);
    try {
      return asking.get(WHOLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return e.getCause() instanceof CheckedNames.Blocked
          ? new Answer.Blocked()
          : new Answer.Failed();
    } catch (TimeoutException slow) {
      return new Answer.Failed();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer.Failed();
    } finally {
      asking.cancel(true);
    }
  }

  private Answer ask(URI uri) throws IOException {
    var get = new HttpGet(uri);
    get.setHeader("Accept", "application/json");
    try (var client = client()) {
      return client.execute(get, KeySetReader::answer);
    }
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException {
    var type = header(response, "content-type").toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    var isJson = type.equals("application/json") || type.equals("application/jwk-set+json");
    if (response.getCode() != HttpStatus.SC_OK || !isJson || response.getEntity() == null) {
      return new Answer.Failed();
    }
    var body = response.getEntity().getContent().readNBytes(LONGEST_BODY + 1);
    var text = new String(body, StandardCharsets.UTF_8);
    return body.length <= LONGEST_BODY && isKeySet(text)
        ? new Answer.KeySet(text, maxAge(header(response, "cache-control")))
        : new Answer.Failed();
  }

  /// Less is asked of it than [PublicKeySet#problem] asks of keys in a registration: what is
  /// published for others may lie beside what is for us, and each key is looked at when it is used.
  private static boolean isKeySet(String text) {
    try {
      var set = JWKSet.parse(text);
      return !set.isEmpty() && set.size() <= PublicKeySet.MOST_KEYS && !set.containsNonPublicKeys();
    } catch (ParseException | IllegalArgumentException | IllegalStateException unreadable) {
      return false;
    }
  }

  /// RFC 9111 section 5.2.2: what must not be stored, or must be asked about each time, has no age.
  private static long maxAge(String cacheControl) {
    var directives = cacheControl.toLowerCase(Locale.ROOT);
    if (directives.contains("no-store") || directives.contains("no-cache")) {
      return 0;
    }
    var found = MAX_AGE.matcher(directives);
    return found.find() ? Long.parseLong(found.group(1)) : -1;
  }

  private static String header(ClassicHttpResponse response, String name) {
    var header = response.getFirstHeader(name);
    return header == null || header.getValue() == null ? "" : header.getValue();
  }

  private CloseableHttpClient client() {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new CheckedNames(names, reachable))
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(HEADERS).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(CONNECT)
                    .build());
    if (trust != null) {
      connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(trust));
    }
    return HttpClients.custom()
        .setConnectionManager(connections.build())
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(CONNECT).build())
        .setRoutePlanner(DirectRoute.PLANNER)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }
}
