package dev.latchkey.jwks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Calls to servers of others: no redirect, no proxy, no cookie, no second try, two seconds to
/// connect, three in all, 64 kB, and no address that is not allowed. Each call has a connection of
/// its own.
public final class GuardedCalls {
  private static final Timeout CONNECT = Timeout.ofSeconds(2);
  private static final long WHOLE_MILLIS = 3_000;
  private static final int LONGEST_BODY = 65_536;
  private static final int LONGEST_ADDRESS = 2_000;
  private static final Http1Config HEADERS =
      Http1Config.custom().setMaxLineLength(8_192).setMaxHeaderCount(100).build();

  private final ReachableAddresses reachable;
  private final HostNames names;
  private final @Nullable SSLContext trust;

  /// What came of a call.
  public sealed interface Result {
    /// Some answer of at most 64 kB.
    ///
    /// @param type media type in lower case, without parameters
    /// @param cacheControl empty for none
    record Answered(int status, String type, String cacheControl, String body) implements Result {
      @Override
      public String toString() {
        return "Answered[status=" + status + ", redacted]";
      }
    }

    /// The address leads where nothing may be asked.
    record Blocked() implements Result {}

    /// There was no answer in time, or a longer one.
    record Failed() implements Result {}
  }

  /// @param trust whom to believe; null for the certificate authorities of the platform
  public GuardedCalls(ReachableAddresses reachable, HostNames names, @Nullable SSLContext trust) {
    this.reachable = reachable;
    this.names = names;
    this.trust = trust;
  }

  /// On the Internet, with the certificate authorities of the platform.
  public static GuardedCalls onTheInternet() {
    return new GuardedCalls(ReachableAddresses.onTheInternet(), HostNames.ofTheSystem(), null);
  }

  public Result get(String address) {
    return get(address, null);
  }

  /// Asks in somebody's name.
  ///
  /// @param authorization value of the header; null for none
  public Result get(String address, @Nullable String authorization) {
    return call(address, uri -> authorized(new HttpGet(uri), authorization));
  }

  /// Sends a form (`application/x-www-form-urlencoded`).
  ///
  /// @param authorization value of the header; null for none
  public Result post(String address, String form, @Nullable String authorization) {
    return call(
        address,
        uri -> {
          var post = new HttpPost(uri);
          post.setEntity(new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
          return authorized(post, authorization);
        });
  }

  private static ClassicHttpRequest authorized(
      ClassicHttpRequest request, @Nullable String authorization) {
    if (authorization != null) {
      request.setHeader("Authorization", authorization);
    }
    return request;
  }

  private interface Call {
    ClassicHttpRequest to(URI uri);
  }

  private Result call(String address, Call call) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException unreadable) {
      return new Result.Blocked();
    }
    return address.length() > LONGEST_ADDRESS || !reachable.allows(uri)
        ? new Result.Blocked()
        : inTime(call.to(uri));
  }

  /// The time-outs of a socket begin anew with each byte, and a name may take as long as it likes.
  /// This one counts all of it. Whoever is interrupted lets go of the connection.
  private Result inTime(ClassicHttpRequest request) {
    var asking = new FutureTask<>(() -> ask(request));
    Thread.ofVirtual().start(asking);
    try {
      return asking.get(WHOLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return e.getCause() instanceof CheckedNames.Blocked
          ? new Result.Blocked()
          : new Result.Failed();
    } catch (TimeoutException slow) {
      return new Result.Failed();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Result.Failed();
    } finally {
      asking.cancel(true);
    }
  }

  private Result ask(ClassicHttpRequest request) throws IOException {
    request.setHeader("Accept", "application/json");
    try (var client = client()) {
      return client.execute(request, GuardedCalls::answer);
    }
  }

  private static Result answer(ClassicHttpResponse response) throws IOException {
    var body =
        response.getEntity() == null
            ? new byte[0]
            : response.getEntity().getContent().readNBytes(LONGEST_BODY + 1);
    return body.length > LONGEST_BODY
        ? new Result.Failed()
        : new Result.Answered(
            response.getCode(),
            header(response, "content-type").toLowerCase(Locale.ROOT).split(";", 2)[0].strip(),
            header(response, "cache-control"),
            new String(body, StandardCharsets.UTF_8));
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
